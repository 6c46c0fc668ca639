import type { BusinessSystem } from '../../shared/domain/business-system.js';
import { CATALOGUE_NAMES } from '../agents/tools/catalogue-names.js';
import type { ConnectedSystem, ToolContext } from './connected-system.js';
import { invalidDeclaration } from './declared/read-declaration.js';
import { toolName } from './declared/tool-name.js';

interface Named {
  readonly system: BusinessSystem;
  readonly connected: ConnectedSystem;
}

/** Systems whose tools are called after them. */
const NAMES_ITS_TOOLS: ReadonlySet<BusinessSystem['kind']> = new Set(['sql', 'openapi', 'mcp']);

/**
 * One name is one tool: of two that share it a run would ask one, and call it the other. Two accounts of one kind share the names of their tools,
 * so that policies and playbooks hold for both; they differ by their systems' names.
 * @throws AppErrorException BUSINESS_DESCRIPTION_INVALID saying which name is taken, and by what.
 */
export function checkNames(added: Named, others: readonly Named[], context: ToolContext): void {
  const { system } = added;
  const word = toolName(system.name, '');
  const alike = others.find((one) => toolName(one.system.name, '') === word);
  if (alike && [alike, added].every((one) => NAMES_ITS_TOOLS.has(one.system.kind)))
    throw invalidDeclaration(
      `Name: the tools of ${alike.system.name} begin with ${word} too. Give this system another name`,
    );
  if (alike?.system.kind === system.kind)
    throw invalidDeclaration(
      `Name: ${alike.system.name} is connected already, and a card would not tell them apart. Give this system another name`,
    );
  const taken = new Map([...CATALOGUE_NAMES].map((name) => [name, 'Cuecard itself']));
  for (const one of others) {
    const isTwin = one.system.kind === system.kind && !NAMES_ITS_TOOLS.has(system.kind);
    if (!isTwin) for (const name of namesOf(one, context)) taken.set(name, one.system.name);
  }
  for (const name of namesOf(added, context)) {
    const by = taken.get(name);
    if (by !== undefined)
      throw invalidDeclaration(
        NAMES_ITS_TOOLS.has(system.kind)
          ? `${name} is a tool of ${by} already. Give this system, or this tool of it, another name`
          : `${name} is a tool of ${by} already. Give that system, or that tool of it, another name first`,
      );
    taken.set(name, `${system.name} itself`);
  }
}

const namesOf = ({ connected }: Named, context: ToolContext): readonly string[] =>
  [...connected.tools(context), ...connected.writeTools(context)].map(({ name }) => name);

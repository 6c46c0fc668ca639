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
 * One name is one tool: of two that share it a run would ask one, and call it the other.
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
  const taken = new Map([...CATALOGUE_NAMES].map((name) => [name, 'Cuecard itself']));
  for (const one of others) for (const name of namesOf(one, context)) taken.set(name, one.system.name);
  for (const name of namesOf(added, context)) {
    const by = taken.get(name);
    if (by !== undefined)
      throw invalidDeclaration(
        NAMES_ITS_TOOLS.has(system.kind)
          ? `${name} is a tool of ${by} already. Give this system, or this tool of it, another name`
          : `${name} is a tool of ${by} already. Only one system of this kind can be connected: remove the other`,
      );
    taken.set(name, `${system.name} itself`);
  }
}

const namesOf = ({ connected }: Named, context: ToolContext): readonly string[] =>
  [...connected.tools(context), ...connected.writeTools(context)].map(({ name }) => name);

import { z } from 'zod';

import { DeclaredArgument, type DeclaredArguments } from '../declared/declared-argument.js';
import { invalidDeclaration, readDeclaration } from '../declared/read-declaration.js';
import { valueTypeOf, type ValueType } from '../declared/typed-value.js';
import type { PinnedTool } from './pinned-tool.js';

/** What fills the arguments of tools, by tool and argument, as a lead declares it. */
const Declared = z.record(z.string().max(128), z.record(z.string().max(128), DeclaredArgument));
export type McpArguments = z.infer<typeof Declared>;

/** @throws AppErrorException BUSINESS_DESCRIPTION_INVALID. */
export const readMcpArguments = (text: string): McpArguments =>
  text.trim() === '' ? {} : readDeclaration(Declared, text, 'Arguments');

/** The arguments of a tool: those its schema requires, and what the lead declared besides. */
export interface McpToolArguments {
  readonly declared: DeclaredArguments;
  readonly types: Readonly<Record<string, ValueType>>;
}

const InputSchema = z.looseObject({
  properties: z.record(z.string(), z.union([z.record(z.string(), z.unknown()), z.boolean()])).optional(),
  required: z.array(z.string()).optional(),
});

/** One line of any signs; what it has to be is in the server's schema. */
const ANY = '.{1,500}';

/** @returns a sentence for a tool that cannot be called with texts. @throws AppErrorException BUSINESS_DESCRIPTION_INVALID for an argument it has not. */
export function argumentsOf(
  tool: PinnedTool,
  all: McpArguments,
): McpToolArguments | { readonly problem: string } {
  const own = all[tool.name] ?? {};
  const parsed = InputSchema.safeParse(tool.inputSchema);
  if (!parsed.success) return { problem: `${tool.name} has arguments that cannot be read` };
  const { properties = {}, required = [] } = parsed.data;
  const unknown = Object.keys(own).find((name) => !(name in properties));
  if (unknown !== undefined) throw invalidDeclaration(`Arguments, ${tool.name}: it has no ${unknown}`);
  const names = [...new Set([...required, ...Object.keys(own)])];
  const declared: Record<string, DeclaredArgument> = {};
  const types: Record<string, ValueType> = {};
  for (const name of names) {
    const schema = properties[name];
    const type = typeof schema === 'object' ? valueTypeOf(schema) : 'text';
    if (!type) return { problem: `${tool.name} needs ${name}, a list or an object, which no text fills` };
    declared[name] = own[name] ?? { pattern: ANY };
    types[name] = type;
  }
  return { declared, types };
}

import { z } from 'zod';

import type { ActionField } from '../../../shared/domain/action.js';
import type { ArgumentSource } from '../../agents/tools/argument-source.js';
import type { ToolCustomer, ToolDefinition } from '../../agents/tools/tool.js';

const SOURCES = [
  ...['order_id', 'amount', 'customer_name', 'customer_email', 'subscription_id', 'intent_name'],
] as [ArgumentSource, ...ArgumentSource[]];

/**
 * One argument as an operator declares it: filled by rule (`from`), a text of a form (`pattern`), or always the same (`value`). What a pattern
 * does not fit is refused before the system is asked.
 */
export const DeclaredArgument = z
  .strictObject({
    from: z.enum(SOURCES).optional(),
    pattern: z.string().min(1).max(300).refine(isPattern, 'is no regular expression').optional(),
    value: z.union([z.string().max(2000), z.number(), z.boolean()]).optional(),
    /** What the rep reads. */
    label: z.string().min(1).max(80).optional(),
  })
  .refine(
    ({ from, pattern, value }) => (value === undefined) !== (from === undefined && pattern === undefined),
    'needs either `value`, or `from`, `pattern` or both',
  );
export type DeclaredArgument = z.infer<typeof DeclaredArgument>;

/** Arguments by name. */
export type DeclaredArguments = Readonly<Record<string, DeclaredArgument>>;

/** Longer than any number, address or sentence a call needs. */
const MAX_LENGTH = 500;
const MONEY = /^\d{1,9}(?:\.\d{1,2})?$/u;

/** Known from the conversation itself: never an argument anybody else could fill. */
const ofCustomer = ({ from }: DeclaredArgument): boolean =>
  from === 'customer_email' || from === 'customer_name';

const asked = (declared: DeclaredArguments): [string, DeclaredArgument][] =>
  Object.entries(declared).filter(([, one]) => one.value === undefined && !ofCustomer(one));

/** The schema of what a tool is to be given: neither what is always the same nor what the customer's own record fills. */
export function inputOf(declared: DeclaredArguments): z.ZodType<Record<string, string>> {
  const shape = Object.fromEntries(
    asked(declared).map(([name, { pattern, label, from }]) => {
      const text = z.string().trim().min(1, 'is missing').max(MAX_LENGTH, 'is too long');
      const money = from === 'amount' ? text.regex(MONEY, 'write it like 12.50') : text;
      const fitting = pattern === undefined ? money : money.regex(whole(pattern), 'is not written so');
      return [name, label === undefined ? fitting : fitting.describe(label)];
    }),
  );
  return z.object(shape);
}

/** What fills the arguments of a look-up by rule; undefined where one is a text nobody fills: then only a model can choose the look-up. */
export function lookUpSources(declared: DeclaredArguments): ToolDefinition['argumentsFrom'] {
  const sources = sourcesOf(declared);
  return Object.keys(sources).length === asked(declared).length ? sources : undefined;
}

/** What fills arguments by rule; the rest is left to the rep. */
export function sourcesOf(declared: DeclaredArguments): Readonly<Record<string, ArgumentSource>> {
  return Object.fromEntries(asked(declared).flatMap(([name, { from }]) => (from ? [[name, from]] : [])));
}

/** The arguments as the approval card shows them; what ties a change to its customer is not edited. */
export function fieldsOf(declared: DeclaredArguments): ActionField[] {
  return asked(declared).map(([key, { label, from }]) => ({
    ...{ key, label: label ?? key, kind: from === 'amount' ? 'money' : 'text' },
    isEditable: from !== 'order_id' && from !== 'subscription_id',
  }));
}

/** All arguments with their values; null where the customer's address or name is needed and not known. */
export function filled(
  declared: DeclaredArguments,
  input: Readonly<Record<string, string>>,
  customer: ToolCustomer,
): Readonly<Record<string, string | number | boolean>> | null {
  const values: Record<string, string | number | boolean> = {};
  for (const [name, { value, from }] of Object.entries(declared)) {
    const known =
      value ??
      (from === 'customer_email'
        ? (customer.email ?? '').trim()
        : from === 'customer_name'
          ? customer.name.trim()
          : (input[name] ?? ''));
    if (known === '' && value === undefined) return null;
    values[name] = known;
  }
  return values;
}

/** Whether the customer's own address is one of the arguments. */
export const takesOwnAddress = (declared: DeclaredArguments): boolean =>
  Object.values(declared).some(({ from }) => from === 'customer_email');

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'u');

function isPattern(pattern: string): boolean {
  try {
    return whole(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

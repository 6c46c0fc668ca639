import { z } from 'zod';

import { DeclaredArgument, takesOwnAddress } from '../declared/declared-argument.js';
import { DeclaredFact } from '../declared/declared-fact.js';
import { isJsonPath, isOfOthers } from '../declared/json-path.js';
import { invalidDeclaration, readDeclaration } from '../declared/read-declaration.js';

const Name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'is written like open_invoices');
const ArgumentName = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,59}$/, 'is one word');
const JsonPath = z.string().max(300).refine(isJsonPath, 'is written like data.items[*].id');
/** Where a value goes: `path.id`, `query.q`, `header.X-Shop`, `body.customer.email`. */
const Place = z
  .string()
  .regex(
    /^(?:(?:path|query|header)\.[^.\s][^\s]*|body(?:\.[\w$@-]+)+)$/u,
    'is written like body.customer.email',
  );

export const DeclaredOperation = z.strictObject({
  /** The description's `operationId`. */
  operation: z.string().min(1).max(200),
  name: Name,
  title: z.string().min(1).max(80),
  description: z.string().min(1).max(500),
  arguments: z.record(ArgumentName, DeclaredArgument).default({}),
  /** Where arguments go that are not called like their parameter, or like a field of the body. */
  places: z.record(ArgumentName, Place).default({}),
  /** What of the answer is told, by JSON path. */
  facts: z.record(JsonPath, DeclaredFact).default({}),
  /** Where the answer holds whose it is. */
  ownedBy: JsonPath.optional(),
  public: z.literal(true).optional(),
  /** A change: the look-up of this list that must find the customer's own record before it, with the same arguments. */
  checkedBy: Name.optional(),
  /** A change in words, with its arguments in braces: `Close ticket {ticket}.` */
  effect: z.string().min(1).max(300).optional(),
  /** A change: true where amounts travel in hundredths. */
  amountInCents: z.boolean().default(false),
  /** A change: where its number goes besides the header `Idempotency-Key`, so that it is found again. */
  keyAt: Place.optional(),
  /** A change: the look-up of this list whose answer holds the change's number once it was made. */
  readBack: z.strictObject({ by: Name, keyAt: Place.optional() }).optional(),
  /** A change: where the answer holds the system's own number for it. */
  proof: JsonPath.optional(),
});
export type DeclaredOperation = z.infer<typeof DeclaredOperation>;

const Operations = z.array(DeclaredOperation).min(1).max(50);

/** @throws AppErrorException BUSINESS_DESCRIPTION_INVALID naming the operation. */
export function readOperations(text: string): readonly DeclaredOperation[] {
  const operations = readDeclaration(Operations, text, 'Operations');
  const names = operations.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw invalidDeclaration(`Operations: ${twice} is there twice`);
  return operations;
}

/** Says what is missing of a look-up or a change before either can be asked. @throws AppErrorException BUSINESS_DESCRIPTION_INVALID. */
export function checkDeclared(
  one: DeclaredOperation,
  isRead: boolean,
  lookUps: ReadonlyMap<string, DeclaredOperation>,
): void {
  const wrong = (detail: string) => invalidDeclaration(`Operation ${one.name}: ${detail}`);
  const isOwn = takesOwnAddress(one.arguments);
  const said = isOwn || (isRead ? one.ownedBy : one.checkedBy) !== undefined;
  if (!said && !one.public)
    throw wrong(
      `it does not say whose record it is: use an argument with \`from: customer_email\`, or say \`${isRead ? 'ownedBy: <path>' : 'checkedBy: <look-up>'}\` or \`public: true\``,
    );
  if (said && one.public) throw wrong('it is public and somebody’s at once');
  if (isRead) {
    const ofChange = (['effect', 'checkedBy', 'keyAt', 'readBack', 'proof'] as const).find(
      (key) => one[key] !== undefined,
    );
    if (ofChange !== undefined) throw wrong(`it only reads, so \`${ofChange}\` says nothing`);
    if (Object.keys(one.facts).length === 0) throw wrong('it names no facts');
    const { ownedBy } = one;
    const strange = Object.keys(one.facts).find((path) => ownedBy !== undefined && isOfOthers(ownedBy, path));
    if (strange !== undefined)
      throw wrong(
        `\`ownedBy: ${ownedBy ?? ''}\` is of one item, and ${strange} of others: write [*] in both`,
      );
    const unknown = Object.entries(one.arguments).find(([, { from }]) => from === 'subscription_id');
    if (unknown) throw wrong(`nothing fills ${unknown[0]}: no subscription is known before look-ups`);
    return;
  }
  if (one.effect === undefined) throw wrong('it changes something: say what in `effect`');
  if (one.ownedBy !== undefined) throw wrong('its answer comes too late to say whose it is: use `checkedBy`');
  const words = [...one.effect.matchAll(/\{([^}]*)\}/gu)].map(([, name = '']) => name);
  const strange = words.find((name) => !(name in one.arguments));
  if (strange !== undefined) throw wrong(`{${strange}} in \`effect\` is none of its arguments`);
  for (const [key, name] of [
    ['checkedBy', one.checkedBy],
    ['readBack', one.readBack?.by],
  ] as const) {
    if (name === undefined) continue;
    if (!lookUps.has(name)) throw wrong(`\`${key}\` names ${name}, which is no look-up of this list`);
  }
  if (one.checkedBy !== undefined && lookUps.get(one.checkedBy)?.public)
    throw wrong(`\`checkedBy\` names ${one.checkedBy}, which is public and finds anybody’s record`);
  if (one.readBack && one.keyAt === undefined && one.readBack.keyAt === undefined)
    throw wrong('`readBack` looks for the number of the change, which is nowhere: say `keyAt`');
}

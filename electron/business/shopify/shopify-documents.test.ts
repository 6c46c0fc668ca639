import fs from 'node:fs';

import {
  getNamedType,
  getNullableType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
} from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { ShopChange } from '../../agents/tools/shop-changes.js';
import { createShopifyApi, SHOPIFY_VERSION } from './shopify-api.js';
import { createShopifyChanges } from './shopify-changes.js';
import { faultsOf, scopesOf, type Asked } from './shopify-faults-for-tests.js';
import { orderOfTests } from './shopify-orders-for-tests.js';
import { readAdminSchemas, type AdminSchema } from './shopify-schema-for-tests.js';
import { startShopifyServer, TOKEN, type ShopifyServer } from './shopify-server-for-tests.js';
import { checkShopify, createShopifyShop, SHOPIFY_SCOPES } from './shopify-shop.js';

const { signal } = new AbortController();
const read = await readAdminSchemas();
const schemas = typeof read === 'string' ? [] : read;
const asked = schemas.find(({ version }) => version === SHOPIFY_VERSION) ?? null;
const CUSTOMER = 'gid://shopify/Customer/1';

let server: ShopifyServer;
const connect = () => {
  const options = { baseUrl: server.url, token: () => TOKEN, fetch, timeoutMs: 5_000 };
  const api = createShopifyApi(options);
  return { api, shop: createShopifyShop(api), changes: createShopifyChanges(api, [50, 100, 200]) };
};

beforeEach(async () => (server = await startShopifyServer(asked)));
afterEach(() => server.close());

describe.skipIf(schemas.length === 0)('what Shopify is asked, on its GraphQL schema', () => {
  // Catches: a field, an argument, a type or an enum value that Shopify does not have (any more), in a document or in what is sent with it.
  it('is right in each version at hand, and nothing of it is deprecated', async () => {
    const sent = await everythingSent();
    expect(namesOf(sent)).toEqual(namesInSource());
    expect(schemas.map(({ version }) => version)).toContain(SHOPIFY_VERSION);
    for (const schema of schemas)
      expect([schema.version, sent.flatMap((one) => faultsOf(schema, one))]).toEqual([schema.version, []]);
  });

  // Catches: a token with every scope the form names that Shopify still refuses.
  it('needs no scope that the connection test does not look for', async () => {
    if (!asked) return;
    const sent = await everythingSent();
    const had = new Set(SHOPIFY_SCOPES.flatMap((scope) => [scope, scope.replace(/^read_/u, 'write_')]));
    const refused = sent.flatMap((one) =>
      scopesOf(asked, one)
        .filter((oneOf) => !oneOf.some((scope) => had.has(scope)))
        .map((oneOf) => `${one.name}: ${oneOf.join(' or ')}`),
    );
    expect(refused).toEqual([]);
  });

  // Catches: an answer with nothing in it that may be left out, which the adapter then calls unreadable.
  it('is read when everything that may be missing is missing', async () => {
    server.answerFields(answerWith({ isSparse: true, pick: 0 }));
    await readEverything();
  });

  // Catches: a status Shopify has and the adapter does not know, told as nonsense or not told.
  it('is read with every value of every enum', async () => {
    for (let pick = 0; pick < 20; pick += 1) {
      server.answerFields(answerWith({ isSparse: false, pick }));
      const order = await readEverything();
      expect(order?.shipments.flatMap(({ scans }) => scans).map(({ text }) => text)).toEqual(
        order?.shipments.map(() => expect.stringMatching(/^[A-Z][a-z ]+$/u) as string),
      );
    }
  });

  // Catches: a status that is compared with a word Shopify never says (`CANCELED` for `CANCELLED`).
  it('knows only words that stand in the enums it asks for', async () => {
    if (!asked) return;
    const words = enumWords(asked, await everythingSent());
    const known = ['shopify-order.ts', 'shopify-changes.ts'].flatMap((file) =>
      [...sourceOf(file).matchAll(/'([A-Z][A-Z_]{2,})'/gu)].map(([, word = '']) => word),
    );
    expect(known.length).toBeGreaterThan(10);
    expect(known.filter((word) => !words.has(word) && !word.startsWith('BUSINESS_'))).toEqual([]);
  });

  // Catches: checks that let anything pass.
  it('is checked', () => {
    if (!asked) return;
    const faults = (query: string, variables = {}) => faultsOf(asked, { name: 'A', query, variables });
    expect(faults('query A { shop { nme } }')).toEqual([expect.stringContaining('"nme"')]);
    expect(faults('query A { order(id: "1") { totalPrice } }')).toEqual([
      expect.stringContaining('deprecated'),
    ]);
    const update = 'mutation A($input: OrderInput!) { orderUpdate(input: $input) { order { id } } }';
    expect(faults(update, { input: { id: '1', shippingAddress: { countryCode: 'UK' } } })).toEqual([
      expect.stringContaining('"UK"'),
    ]);
    expect(faults(update, { input: { id: '1', shippingAddress: { country: 'NL' } } })).toEqual([
      expect.stringContaining('country is deprecated'),
    ]);
    expect(faults(update, { input: { id: '1' }, more: 1 })).toEqual([expect.stringContaining('$more')]);
  });
});

/** Everything the adapter can be asked for, and what it sent for that. */
async function everythingSent(): Promise<readonly Asked[]> {
  const { api, shop, changes } = connect();
  for (const number of [1001, 1002, 1003])
    server.orders.set(String(number), orderOfTests(number, CUSTOMER, {}));
  await checkShopify(api, signal);
  await shop.findOrder('#1001', signal);
  await shop.findCustomerByEmail('femke.devries@example.com', signal);
  await shop.ordersOf(CUSTOMER, 5, signal);
  for (const kind of changes.kinds) {
    const { proof } = await changes.apply(CHANGES[kind], `act-${kind}`, signal);
    expect(proof).not.toBe('');
  }
  return server.asked;
}

const TO = { fullName: 'Femke de Vries', street: 'Kade 1', postalCode: '2312 AB', city: 'Leiden' };
const CHANGES: { readonly [Kind in ShopChange['kind']]: ShopChange } = {
  refund: { kind: 'refund', orderId: '#1001', amount: 5, reason: 'Late' },
  cancel_order: { kind: 'cancel_order', orderId: '#1002', reason: 'Changed my mind' },
  change_address: { kind: 'change_address', orderId: '#1003', address: { ...TO, country: 'NL' } },
  return_label: { kind: 'return_label', orderId: '#1001', reason: 'Too small' },
  change_subscription: { kind: 'change_subscription', subscriptionId: '1', to: 'paused' },
};

async function readEverything() {
  const { api, shop } = connect();
  await checkShopify(api, signal);
  await shop.findCustomerByEmail(TEXT, signal);
  await shop.ordersOf(CUSTOMER, 5, signal);
  const order = await shop.findOrder(TEXT, signal);
  expect(order).toMatchObject({ id: TEXT });
  expect(server.faults).toEqual([]);
  return order;
}

/** Answers made of the schema alone. */
function answerWith({
  isSparse,
  pick,
}: {
  readonly isSparse: boolean;
  readonly pick: number;
}): GraphQLFieldResolver<unknown, unknown> {
  const made = (type: GraphQLOutputType): unknown => {
    const wanted = getNullableType(type);
    if (isListType(wanted)) return [made(wanted.ofType)];
    if (isEnumType(wanted)) {
      const values = wanted.getValues();
      return values[pick % values.length]?.value;
    }
    return isObjectType(wanted) ? {} : SCALARS[getNamedType(wanted).name];
  };
  return (_source, _args, _context, { returnType, path }) =>
    isSparse && !isNonNullType(returnType) && path.prev !== undefined ? null : made(returnType);
}

const TEXT = 'text';
const SCALARS: Readonly<Record<string, unknown>> = {
  ...{ ID: 'gid://shopify/Any/1', String: TEXT, Int: 1, Boolean: true },
  ...{ DateTime: '2026-11-20T09:30:00Z', Money: '1.0', Decimal: '1.0' },
};

function enumWords({ schema }: AdminSchema, sent: readonly Asked[]): ReadonlySet<string> {
  const words = new Set<string>();
  const info = new TypeInfo(schema);
  const look = (type: unknown): void => {
    if (isEnumType(type)) for (const { name } of type.getValues()) words.add(name);
  };
  for (const { query } of sent)
    visit(
      parse(query),
      visitWithTypeInfo(info, {
        Field: () => {
          const type = info.getType();
          if (type) look(getNamedType(type));
          for (const { type: argument } of info.getFieldDef()?.args ?? []) look(getNamedType(argument));
        },
      }),
    );
  // An input object is sent whole; only this one holds an enum of ours.
  look(schema.getType('OrderTransactionKind'));
  return words;
}

const FOLDER = new URL('.', import.meta.url);
const sourceOf = (file: string): string => fs.readFileSync(new URL(file, FOLDER), 'utf8');
const namesOf = (sent: readonly Asked[]): readonly string[] =>
  [...new Set(sent.map(({ name }) => name))].sort();

/** Catches what a list of operations in a test would not: one that was added to the adapter and is never sent here. */
function namesInSource(): readonly string[] {
  const files = fs.readdirSync(FOLDER).filter((file) => !/(\.test|-for-tests)\.ts$/u.test(file));
  const text = files.map(sourceOf).join('\n');
  return [...text.matchAll(/[`'](?:query|mutation) (\w+)/gu)].map(([, name = '']) => name).sort();
}

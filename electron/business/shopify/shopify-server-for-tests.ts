import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

import {
  defaultFieldResolver,
  getNamedType,
  graphql,
  GraphQLError,
  type GraphQLFieldResolver,
} from 'graphql';

import { faultsOf, type Asked } from './shopify-faults-for-tests.js';
import { shopOfTests, type Fields } from './shopify-orders-for-tests.js';
import { SHOPIFY_VERSION } from './shopify-api.js';
import { readAdminSchema, type AdminSchema } from './shopify-schema-for-tests.js';

/** A Shopify shop on Shopify's own schema, with a memory: keys, refunds that count, cancellations in the background. */
export interface ShopifyServer {
  readonly url: string;
  readonly orders: Map<string, Fields>;
  /** Questions that came, in order. */
  readonly asked: Asked[];
  /** What was wrong with them by the schema, or with an answer of this server. */
  readonly faults: string[];
  /** The answer of the next mutation is lost after it was done. */
  loseNext(): void;
  /** What every question gets instead of an answer; null for none. */
  answerAll(answer: { readonly status: number; readonly body: unknown } | null): void;
  /** Who answers each field instead of the shop; null for the shop. */
  answerFields(resolver: GraphQLFieldResolver<unknown, unknown> | null): void;
  close(): Promise<void>;
}

export const TOKEN = 'shpat_of_these_tests';

/** The shop on the schema of the version the adapter asks for, or why that schema cannot be had here. */
export async function startShopifyOnItsSchema(): Promise<ShopifyServer | string> {
  const admin = await readAdminSchema(SHOPIFY_VERSION);
  return typeof admin === 'string' ? admin : startShopifyServer(admin);
}

/** @param admin without it every question is refused that has no answer by `answerAll`. */
export async function startShopifyServer(admin: AdminSchema | null): Promise<ShopifyServer> {
  const orders = new Map<string, Fields>();
  const shop = shopOfTests(orders);
  const asked: Asked[] = [];
  const faults: string[] = [];
  let isLost = false;
  let always: { readonly status: number; readonly body: unknown } | null = null;
  let fields: GraphQLFieldResolver<unknown, unknown> | null = null;

  async function answer(one: Asked): Promise<unknown> {
    if (!admin) return { errors: [{ message: 'There is no schema to answer by.' }] };
    const found = faultsOf(admin, one);
    faults.push(...found.map((fault) => `${one.name}: ${fault}`));
    const { data, errors } = await graphql({
      ...{ schema: admin.schema, source: one.query, variableValues: one.variables },
      ...{ rootValue: shop, fieldResolver: fields ?? asShopify },
    });
    const plain = JSON.parse(JSON.stringify({ data, errors })) as { errors?: { message: string }[] };
    // An answer the schema does not allow is a fault of the orders in a test.
    if (found.length === 0) faults.push(...(plain.errors ?? []).map(({ message }) => message));
    return plain;
  }

  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const send = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      if (always) return send(always.status, always.body);
      if (admin && request.url !== `/admin/api/${admin.version}/graphql.json`)
        return send(404, { errors: 'Not Found' });
      if (request.headers['x-shopify-access-token'] !== TOKEN)
        return send(401, { errors: '[API] Invalid API key or access token' });
      const { query, variables } = JSON.parse(text) as Omit<Asked, 'name'>;
      const [, kind, name = ''] = /^(query|mutation) (\w+)/u.exec(query) ?? [];
      asked.push({ name, query, variables });
      void answer({ name, query, variables }).then((body) => {
        if (kind !== 'mutation' || !isLost) return send(200, body);
        isLost = false;
        request.socket.destroy();
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    ...{ orders, asked, faults },
    loseNext: () => (isLost = true),
    answerAll: (answers) => (always = answers),
    answerFields: (resolver) => (fields = resolver),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Lists end where the question says, and a connection must be told where, which no schema can say. */
const asShopify: GraphQLFieldResolver<unknown, unknown, { first?: number; last?: number }> = (
  source,
  args,
  context,
  info,
) => {
  const value: unknown = defaultFieldResolver(source, args, context, info);
  const cut = (list: readonly unknown[]): readonly unknown[] =>
    args.last === undefined ? list.slice(0, args.first) : list.slice(-args.last);
  if (Array.isArray(value)) return cut(value);
  if (!getNamedType(info.returnType).name.endsWith('Connection')) return value;
  if (args.first === undefined && args.last === undefined)
    throw new GraphQLError(`you must provide one of first or last (${info.fieldName})`);
  const { nodes, ...rest } = value as { readonly nodes: readonly unknown[] };
  return { ...rest, nodes: cut(nodes) };
};

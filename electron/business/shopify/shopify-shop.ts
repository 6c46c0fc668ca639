import { z } from 'zod';

import type { BusinessReport } from '../../../shared/domain/business-system.js';
import type { ShopBackend } from '../../agents/tools/shop-backend.js';
import type { ShopifyApi } from './shopify-api.js';
import { LISTED_ORDER_FIELDS, ORDER_FIELDS, ShopifyOrder, toShopOrder } from './shopify-order.js';

const Orders = z.object({ nodes: z.array(ShopifyOrder) });
const Customer = z
  .object({
    id: z.string(),
    firstName: z.string().nullable(),
    lastName: z.string().nullable(),
    defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
    defaultAddress: z.object({ country: z.string().nullable() }).nullable(),
  })
  .nullable();

const ORDER = `query Order($query: String!) { orders(first: 2, query: $query) { nodes { ${ORDER_FIELDS} } } }`;
const CUSTOMER = `query Customer($email: String!) { customerByIdentifier(identifier: { emailAddress: $email }) {
  id firstName lastName defaultEmailAddress { emailAddress } defaultAddress { country } } }`;
const ORDERS = `query Orders($id: ID!, $first: Int!) { customer(id: $id) {
  orders(first: $first, sortKey: PROCESSED_AT, reverse: true) { nodes { ${LISTED_ORDER_FIELDS} } } } }`;

/** Shopify counts the cost of what a list could hold and refuses more than its limit. */
const MAX_LISTED = 10;
/** People leave the sign in front of a number out. */
const bare = (name: string): string => name.trim().replace(/^#/u, '').toLowerCase();

/** One order by its name (`#1001`); null when there is none. */
export async function findShopifyOrder(
  api: ShopifyApi,
  name: string,
  signal: AbortSignal,
): Promise<ShopifyOrder | null> {
  // What stands in a search is never more than a number.
  if (!/^#?[\p{L}\p{N}._/-]{1,64}$/u.test(name.trim())) return null;
  const { nodes } = await api.ask(ORDER, { query: `name:"${bare(name)}"` }, Orders, signal);
  // A search finds more than what is the same.
  return nodes.find((order) => bare(order.name) === bare(name)) ?? null;
}

/** Orders and customers of a Shopify shop, read over its Admin API. */
export function createShopifyShop(api: ShopifyApi): ShopBackend {
  return {
    async findOrder(orderId, signal) {
      const order = await findShopifyOrder(api, orderId, signal);
      return order && toShopOrder(order);
    },
    async findCustomerByEmail(email, signal) {
      const wanted = email.trim().toLowerCase();
      const found = await api.ask(CUSTOMER, { email: wanted }, Customer, signal);
      const address = found?.defaultEmailAddress?.emailAddress;
      if (!found || address?.toLowerCase() !== wanted) return null;
      return {
        id: found.id,
        name: [found.firstName, found.lastName].filter(Boolean).join(' '),
        email: address,
        ...{ membership: null, subscriptions: [] },
        country: found.defaultAddress?.country ?? 'unknown',
      };
    },
    async ordersOf(customerId, limit, signal) {
      const variables = { id: customerId, first: Math.min(limit, MAX_LISTED) };
      const found = await api.ask(ORDERS, variables, z.object({ orders: Orders }).nullable(), signal);
      return (found?.orders.nodes ?? []).map(toShopOrder);
    },
  };
}

/** What the tools need, as Shopify names it, and what is missing without it. */
const NEEDED = [
  ['read_orders', 'orders cannot be read'],
  ['read_customers', 'customers cannot be found'],
  ['read_all_orders', 'orders of more than 60 days ago cannot be read'],
  ['write_orders', 'nothing can be refunded, cancelled or changed'],
] as const;

export const SHOPIFY_SCOPES: readonly string[] = NEEDED.map(([name]) => name);

/** Whether the token works and what it may do. @throws AppErrorException BUSINESS_*. */
export async function checkShopify(api: ShopifyApi, signal: AbortSignal): Promise<BusinessReport> {
  const shop = await api.ask(
    'query Shop { shop { name currencyCode } }',
    {},
    z.object({ name: z.string(), currencyCode: z.string() }),
    signal,
  );
  const { accessScopes } = await api.ask(
    'query Scopes { currentAppInstallation { accessScopes { handle } } }',
    {},
    z.object({ accessScopes: z.array(z.object({ handle: z.string() })) }),
    signal,
  );
  const may = new Set(accessScopes.map(({ handle }) => handle));
  // A right to write includes the right to read.
  const has = (name: string): boolean => may.has(name) || may.has(name.replace(/^read_/u, 'write_'));
  const missing = NEEDED.filter(([name]) => !has(name));
  return {
    notes: [
      `The token works: ${shop.name}, which counts in ${shop.currencyCode}.`,
      ...missing.map(([name, effect]) => `The scope ${name} is missing: ${effect}.`),
    ],
  };
}

import { z } from 'zod';

import type { BusinessReport } from '../../../shared/domain/business-system.js';

import type { ShopBackend, ShopCustomer } from '../../agents/tools/shop-backend.js';
import type { VendureApi } from './vendure-api.js';
import { ORDER_FIELDS, toShopOrder, VendureOrder } from './vendure-order.js';

const Orders = z.object({ items: z.array(VendureOrder) });
const Customers = z.object({
  items: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).transform(String),
      firstName: z.string(),
      lastName: z.string(),
      emailAddress: z.string(),
      addresses: z.array(z.object({ country: z.object({ name: z.string() }) })).nullable(),
      orders: z.object({
        items: z.array(
          z.object({ shippingAddress: z.object({ country: z.string().nullable() }).nullable() }),
        ),
      }),
    }),
  ),
});
/** Draft orders and baskets are nothing a customer asks about. */
const PLACED = 'active: { eq: false }';

/** One order by its code; null when there is none. */
export async function findVendureOrder(
  api: VendureApi,
  code: string,
  signal: AbortSignal,
): Promise<VendureOrder | null> {
  const query = `query Order($code: String!) { orders(options: { take: 1, filter: { code: { eq: $code } } }) { items { ${ORDER_FIELDS} } } }`;
  const { items } = await api.ask(query, { code }, Orders, signal);
  return items[0] ?? null;
}

/** Orders and customers of a Vendure shop, read over its Admin API. */
export function createVendureShop(api: VendureApi): ShopBackend {
  return {
    async findOrder(orderId, signal) {
      const order = await findVendureOrder(api, orderId, signal);
      return order && toShopOrder(order);
    },
    async findCustomerByEmail(email, signal) {
      // Vendure keeps addresses in small letters.
      const query = `query Customer($email: String!) { customers(options: { take: 1, filter: { emailAddress: { eq: $email } } }) {
        items { id firstName lastName emailAddress addresses { country { name } }
          orders(options: { take: 1, sort: { orderPlacedAt: DESC } }) { items { shippingAddress { country } } } } } }`;
      const { items } = await api.ask(query, { email: email.trim().toLowerCase() }, Customers, signal);
      const [found] = items;
      return found ? toCustomer(found) : null;
    },
    async ordersOf(customerId, limit, signal) {
      const query = `query Orders($id: ID!, $take: Int!) { orders: customer(id: $id) {
        orders(options: { take: $take, sort: { orderPlacedAt: DESC }, filter: { ${PLACED} } }) { items { ${ORDER_FIELDS} } } } }`;
      const found = await api.ask(
        query,
        { id: customerId, take: limit },
        z.object({ orders: Orders }).nullable(),
        signal,
      );
      return (found?.orders.items ?? []).map(toShopOrder);
    },
  };
}

function toCustomer(customer: z.infer<typeof Customers>['items'][number]): ShopCustomer {
  const { id, firstName, lastName, emailAddress: email, addresses, orders } = customer;
  const country = addresses?.[0]?.country.name ?? orders.items[0]?.shippingAddress?.country ?? 'unknown';
  return { id, name: `${firstName} ${lastName}`.trim(), email, membership: null, country, subscriptions: [] };
}

const Me = z.object({ channels: z.array(z.object({ code: z.string(), permissions: z.array(z.string()) })) });
/** What the tools need, as Vendure names it, and what is missing without it. */
const NEEDED = [
  ['ReadOrder', 'orders cannot be read'],
  ['ReadCustomer', 'customers cannot be found'],
  ['UpdateOrder', 'nothing can be refunded, cancelled or changed'],
] as const;

/** Whether the sign-in works and what it may do. @throws AppErrorException BUSINESS_*. */
export async function checkVendure(api: VendureApi, signal: AbortSignal): Promise<BusinessReport> {
  const me = await api.ask('query Me { me { channels { code permissions } } }', {}, Me, signal);
  const may = new Set(me.channels.flatMap(({ permissions }) => permissions));
  const orders = await api.ask(
    'query Count { orders(options: { take: 1 }) { totalItems } }',
    {},
    z.object({ totalItems: z.number() }),
    signal,
  );
  const missing = NEEDED.filter(([name]) => !may.has(name) && !may.has('SuperAdmin'));
  return {
    notes: [
      `Signed in; the shop holds ${String(orders.totalItems)} orders.`,
      ...missing.map(([name, effect]) => `The permission ${name} is missing: ${effect}.`),
    ],
  };
}

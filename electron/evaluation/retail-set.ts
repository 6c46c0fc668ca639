import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { ShopBackend, ShopCustomer, ShopOrder } from '../agents/tools/shop-backend.js';
import { invalidData, parseJson } from './data-file.js';

const Payment = z.object({ transaction_type: z.string(), amount: z.number(), payment_method_id: z.string() });
const Database = z.object({
  users: z.record(
    z.string(),
    z.object({
      user_id: z.string(),
      name: z.object({ first_name: z.string(), last_name: z.string() }),
      address: z.object({ country: z.string() }),
      email: z.string(),
      orders: z.array(z.string()),
    }),
  ),
  orders: z.record(
    z.string(),
    z.object({
      order_id: z.string(),
      user_id: z.string(),
      items: z.array(z.object({ name: z.string(), price: z.number() })),
      status: z.enum(['pending', 'processed', 'delivered', 'cancelled']),
      fulfillments: z.array(z.object({ tracking_id: z.array(z.string()) })),
      payment_history: z.array(Payment),
    }),
  ),
});
const Tasks = z.array(
  z.object({
    id: z.string(),
    user_scenario: z.object({
      instructions: z.object({ reason_for_call: z.string(), known_info: z.string().nullish() }),
    }),
    evaluation_criteria: z.object({
      actions: z.array(z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) })),
    }),
  }),
);

/** What a customer of the set wants, and the calls its authors expect over the whole conversation. */
export interface RetailTask {
  readonly id: string;
  /** The wish in the first person. */
  readonly text: string;
  readonly email: string;
  readonly name: string;
  readonly calls: readonly { readonly name: string; readonly orderId: string | null }[];
}

export interface RetailSet {
  readonly tasks: readonly RetailTask[];
  readonly shop: ShopBackend;
  readonly orders: readonly { readonly order: ShopOrder; readonly email: string; readonly status: string }[];
}

/** The set has no days; all orders are of one day, so that no rule of days decides anything. */
const PLACED_AT = new Date('2026-11-01T12:00:00Z');
const status = {
  pending: 'placed',
  processed: 'shipped',
  delivered: 'delivered',
  cancelled: 'cancelled',
} as const;

/**
 * Reads the retail domain of tau2-bench (`db.json`, `tasks_train.json`; Yao et al., tau-bench, 2024; Barres et al., 2025): 1,000 orders and 74 tasks.
 * Tasks are told to a simulated customer ("You want to ..."); the wish is turned into the first person by rule.
 * @throws AppErrorException EVALUATION_DATA_NOT_FOUND, EVALUATION_DATA_INVALID.
 */
export function readRetailSet(dir: string): RetailSet {
  const { users, orders } = read(path.join(dir, 'db.json'), Database);
  const shopOrders = Object.values(orders).map((order): ShopOrder => ({
    ...{ id: order.order_id, customerId: order.user_id, status: status[order.status], placedAt: PLACED_AT },
    items: order.items.map(({ name, price }) => ({ name, quantity: 1, price })),
    total: order.payment_history.find(({ transaction_type: type }) => type === 'payment')?.amount ?? 0,
    paymentMethod:
      order.payment_history[0]?.payment_method_id.replace(/_\d+$/u, '').replaceAll('_', ' ') ?? 'card',
    shippingMethod: 'standard delivery',
    shipments: order.fulfillments.map(({ tracking_id: [trackingNumber = null] }) => ({
      ...{ carrier: 'parcel service', trackingNumber, estimatedAt: null, scans: [], itemNames: [] },
    })),
    deliveredAt: order.status === 'delivered' ? PLACED_AT : null,
    ...{ returnId: null, refund: refundOf(order.payment_history) },
  }));
  const byId = new Map(shopOrders.map((order) => [order.id, order]));
  const customers = Object.values(users).map((user): ShopCustomer => ({
    ...{ id: user.user_id, name: `${user.name.first_name} ${user.name.last_name}`, email: user.email },
    ...{ membership: null, country: user.address.country, subscriptions: [] },
  }));
  const byEmail = new Map(customers.map((customer) => [customer.email.toLowerCase(), customer]));
  const emailOf = (userId: string): string => users[userId]?.email ?? '';
  return {
    shop: {
      findOrder: (id) => Promise.resolve(byId.get(id) ?? null),
      findCustomerByEmail: (email) => Promise.resolve(byEmail.get(email.toLowerCase()) ?? null),
      ordersOf: (id, limit) =>
        Promise.resolve(shopOrders.filter(({ customerId }) => customerId === id).slice(0, limit)),
    },
    orders: shopOrders.map((order) => ({
      ...{ order, email: emailOf(order.customerId), status: orders[order.id]?.status ?? '' },
    })),
    tasks: read(path.join(dir, 'tasks_train.json'), Tasks).map((task) => {
      const { reason_for_call: wish, known_info: known } = task.user_scenario.instructions;
      const { actions } = task.evaluation_criteria;
      const calls = actions.map(({ name, arguments: given }) => {
        const orderId = given['order_id'];
        return { name, orderId: typeof orderId === 'string' ? orderId : null };
      });
      const userId =
        calls.map(({ orderId }) => (orderId === null ? undefined : orders[orderId]?.user_id)).find(Boolean) ??
        userOf(actions, users);
      return {
        ...{ id: task.id, text: `${inFirstPerson(wish)} ${inFirstPerson(known ?? '')}`.trim(), calls },
        ...{ email: emailOf(userId), name: customers.find(({ id }) => id === userId)?.name ?? '' },
      };
    }),
  };
}

function refundOf(history: readonly z.infer<typeof Payment>[]): ShopOrder['refund'] {
  const refund = history.find(({ transaction_type: type }) => type === 'refund');
  return refund ? { amount: refund.amount, method: 'card', status: 'sent', at: PLACED_AT } : null;
}

/** The customer the expected look-ups name. */
function userOf(
  actions: readonly { readonly arguments: Readonly<Record<string, unknown>> }[],
  users: z.infer<typeof Database>['users'],
): string {
  const given = Object.assign({}, ...actions.map((action) => action.arguments)) as Record<string, unknown>;
  const found = Object.values(users).find(
    ({ user_id: id, email, name }) =>
      given['user_id'] === id ||
      given['email'] === email ||
      (given['first_name'] === name.first_name && given['last_name'] === name.last_name),
  );
  return found?.user_id ?? '';
}

const inFirstPerson = (text: string): string =>
  text
    .replace(/\byou are\b/giu, 'I am')
    .replace(/\byou're\b/giu, "I'm")
    .replace(/\byou'd\b/giu, "I'd")
    .replace(/\byourself\b/giu, 'myself')
    .replace(/\byour\b/giu, 'my')
    .replace(/\byou\b/giu, 'I')
    .replace(/\bI wants\b/gu, 'I want');

function read<T>(file: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppErrorException('EVALUATION_DATA_NOT_FOUND', `${file}: ${reason}`, { cause: error });
  }
  const parsed = schema.safeParse(parseJson(file, 1, text));
  if (parsed.success) return parsed.data;
  throw invalidData(file, 1, z.prettifyError(parsed.error));
}

import { z } from 'zod';

import type {
  ShopBackend,
  ShopCustomer,
  ShopOrder,
  ShopShipment,
  ShopSubscription,
} from '../agents/tools/shop-backend.js';
import type { Database } from '../storage/database.js';

/** Tables of the demo shop; times are milliseconds since 1970. */
export const shopMigrations: readonly string[] = [
  `CREATE TABLE customer (
     id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE COLLATE NOCASE, membership TEXT, country TEXT NOT NULL
   );
   CREATE TABLE shop_order (
     id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customer (id), status TEXT NOT NULL, placed_at INTEGER NOT NULL,
     total REAL NOT NULL, payment_method TEXT NOT NULL, shipping_method TEXT NOT NULL, delivered_at INTEGER, return_id TEXT,
     refund_amount REAL, refund_method TEXT, refund_status TEXT, refund_at INTEGER
   );
   CREATE INDEX shop_order_by_customer ON shop_order (customer_id, placed_at DESC);
   CREATE TABLE order_item (
     order_id TEXT NOT NULL REFERENCES shop_order (id), position INTEGER NOT NULL, name TEXT NOT NULL, quantity INTEGER NOT NULL,
     price REAL NOT NULL, PRIMARY KEY (order_id, position)
   );
   CREATE TABLE shipment (
     order_id TEXT NOT NULL REFERENCES shop_order (id), position INTEGER NOT NULL, carrier TEXT, tracking_number TEXT,
     estimated_at INTEGER, item_names TEXT NOT NULL, PRIMARY KEY (order_id, position)
   );
   CREATE TABLE scan (
     order_id TEXT NOT NULL REFERENCES shop_order (id), shipment INTEGER NOT NULL, at INTEGER NOT NULL, text TEXT NOT NULL,
     location TEXT NOT NULL
   );
   CREATE INDEX scan_by_shipment ON scan (order_id, shipment, at);
   CREATE TABLE subscription (
     id TEXT PRIMARY KEY, customer_id TEXT NOT NULL REFERENCES customer (id), plan TEXT NOT NULL, every_weeks INTEGER NOT NULL,
     status TEXT NOT NULL, next_billing_at INTEGER
   );`,
];

const Time = z.number().transform((ms) => new Date(ms));
const OrderRow = z.object({
  id: z.string(),
  customer_id: z.string(),
  status: z.enum(['placed', 'packed', 'shipped', 'out_for_delivery', 'delivered', 'returned', 'cancelled']),
  placed_at: Time,
  total: z.number(),
  payment_method: z.string(),
  shipping_method: z.string(),
  delivered_at: Time.nullable(),
  return_id: z.string().nullable(),
  refund_amount: z.number().nullable(),
  refund_method: z.string().nullable(),
  refund_status: z.enum(['requested', 'inspecting', 'sent']).nullable(),
  refund_at: Time.nullable(),
});
const ItemRow = z.object({ name: z.string(), quantity: z.number(), price: z.number() });
const ShipmentRow = z.object({
  position: z.number(),
  carrier: z.string().nullable(),
  tracking_number: z.string().nullable(),
  estimated_at: Time.nullable(),
  item_names: z.string(),
});
const ScanRow = z.object({ at: Time, text: z.string(), location: z.string() });
const CustomerRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  membership: z.string().nullable(),
  country: z.string(),
});
const SubscriptionRow = z.object({
  id: z.string(),
  plan: z.string(),
  every_weeks: z.number(),
  status: z.enum(['active', 'paused', 'payment_failed', 'cancelled']),
  next_billing_at: Time.nullable(),
});

export interface SqliteShop extends ShopBackend {
  /** As `findOrder`, at once: for a transaction. */
  orderNow(orderId: string): ShopOrder | null;
}

/** The shop behind the look-up tools, read from one SQLite file. */
export function createSqliteShop(database: Database): SqliteShop {
  const orderById = database.prepare('SELECT * FROM shop_order WHERE id = ?');
  const ordersByCustomer = database.prepare(
    'SELECT * FROM shop_order WHERE customer_id = ? ORDER BY placed_at DESC LIMIT ?',
  );
  const items = database.prepare('SELECT * FROM order_item WHERE order_id = ? ORDER BY position');
  const shipments = database.prepare('SELECT * FROM shipment WHERE order_id = ? ORDER BY position');
  const scans = database.prepare('SELECT * FROM scan WHERE order_id = ? AND shipment = ? ORDER BY at');
  const customerByEmail = database.prepare('SELECT * FROM customer WHERE email = ?');
  const subscriptions = database.prepare('SELECT * FROM subscription WHERE customer_id = ? ORDER BY id');

  function toOrder(value: unknown): ShopOrder {
    const row = OrderRow.parse(value);
    const { refund_amount: amount, refund_method: method, refund_status: status, refund_at: at } = row;
    return {
      id: row.id,
      customerId: row.customer_id,
      status: row.status,
      placedAt: row.placed_at,
      items: items.all(row.id).map((item) => ItemRow.parse(item)),
      total: row.total,
      paymentMethod: row.payment_method,
      shippingMethod: row.shipping_method,
      shipments: shipments.all(row.id).map((shipment) => toShipment(row.id, shipment)),
      deliveredAt: row.delivered_at,
      returnId: row.return_id,
      refund:
        amount !== null && method !== null && status !== null && at !== null
          ? { amount, method, status, at }
          : null,
    };
  }

  function toShipment(orderId: string, value: unknown): ShopShipment {
    const row = ShipmentRow.parse(value);
    return {
      carrier: row.carrier,
      trackingNumber: row.tracking_number,
      estimatedAt: row.estimated_at,
      scans: scans.all(orderId, row.position).map((scan) => ScanRow.parse(scan)),
      itemNames: z.array(z.string()).parse(JSON.parse(row.item_names)),
    };
  }

  function toSubscription(value: unknown): ShopSubscription {
    const {
      id,
      plan,
      every_weeks: everyWeeks,
      status,
      next_billing_at: nextBillingAt,
    } = SubscriptionRow.parse(value);
    return { id, plan, everyWeeks, status, nextBillingAt };
  }

  function toCustomer(value: unknown): ShopCustomer {
    const row = CustomerRow.parse(value);
    return { ...row, subscriptions: subscriptions.all(row.id).map(toSubscription) };
  }

  function orderNow(orderId: string): ShopOrder | null {
    const row = orderById.get(orderId);
    return row === undefined ? null : toOrder(row);
  }

  return {
    orderNow,
    findOrder: (orderId) => Promise.resolve(orderNow(orderId)),
    findCustomerByEmail: (email) => {
      const row = customerByEmail.get(email);
      return Promise.resolve(row === undefined ? null : toCustomer(row));
    },
    ordersOf: (customerId, limit) => Promise.resolve(ordersByCustomer.all(customerId, limit).map(toOrder)),
  };
}

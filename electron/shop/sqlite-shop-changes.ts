import { z } from 'zod';

import type { ShopOrder } from '../agents/tools/shop-backend.js';
import {
  ShopChangeRefused,
  type ShopChange,
  type ShopChangeDone,
  type ShopChanges,
} from '../agents/tools/shop-changes.js';
import type { Database } from '../storage/database.js';
import type { SqliteShop } from './sqlite-shop.js';

/** What was changed, by the key it was asked with; and the addresses orders were changed to. */
export const shopChangeMigrations: readonly string[] = [
  `CREATE TABLE shop_change (key TEXT PRIMARY KEY, at INTEGER NOT NULL, change TEXT NOT NULL, done TEXT NOT NULL);
   CREATE TABLE order_address (
     order_id TEXT PRIMARY KEY, full_name TEXT NOT NULL, street TEXT NOT NULL, postal_code TEXT NOT NULL, city TEXT NOT NULL,
     country TEXT NOT NULL
   );`,
];

const BEFORE_SHIPPING: ReadonlySet<ShopOrder['status']> = new Set(['placed', 'packed']);
const Done = z.object({
  proof: z.string(),
  at: z.coerce.date(),
  amount: z.number().optional(),
  state: z.string(),
  label: z.object({ url: z.string().nullable(), trackingNumber: z.string().nullable() }).optional(),
});
const DoneRow = z.object({ done: z.string() });
const cents = (amount: number): number => Math.round(amount * 100);

/** The demo shop's changes, with the way to do one of an earlier start again. */
export interface SqliteShopChanges extends ShopChanges {
  /** As `apply`, at once, as if it were done at `at`. @throws ShopChangeRefused. */
  redo(change: ShopChange, key: string, at: Date): ShopChangeDone;
}

/** Changes orders of the demo shop, each key once: the change and its key are written in one transaction. */
export function createSqliteShopChanges(
  database: Database,
  shop: Pick<SqliteShop, 'orderNow'>,
  now: () => Date,
): SqliteShopChanges {
  const byKey = database.prepare('SELECT done FROM shop_change WHERE key = ?');
  const doneOf = (key: string): ShopChangeDone | null => {
    const row = byKey.get(key);
    if (row === undefined) return null;
    const { amount, label, ...rest } = Done.parse(JSON.parse(DoneRow.parse(row).done));
    return { ...rest, ...(amount === undefined ? {} : { amount }), ...(label ? { label } : {}) };
  };

  const redo = (change: ShopChange, key: string, at: Date): ShopChangeDone =>
    database
      .transaction(() => {
        const before = doneOf(key);
        if (before) return before;
        const order = 'orderId' in change ? shop.orderNow(change.orderId) : null;
        const done = { ...applyTo(database, change, order, at), at };
        database
          .prepare('INSERT INTO shop_change VALUES (?, ?, ?, ?)')
          .run(key, at.getTime(), JSON.stringify(change), JSON.stringify(done));
        return done;
      })
      .immediate();

  return {
    redo,
    kinds: new Set(['refund', 'cancel_order', 'change_address', 'return_label', 'change_subscription']),
    describe: ({ kind, ...rest }) => `demo shop: ${kind} ${JSON.stringify(rest)}`,
    apply: (change, key) => Promise.resolve().then(() => redo(change, key, now())),
    findDone: (_, key) => Promise.resolve(doneOf(key)),
  };
}

function applyTo(
  database: Database,
  change: ShopChange,
  order: ShopOrder | null,
  now: Date,
): Omit<ShopChangeDone, 'at'> {
  switch (change.kind) {
    case 'refund':
      return refund(database, mustHave(order), change.amount, now);
    case 'cancel_order': {
      const { id, status, paymentMethod } = mustHave(order);
      if (!BEFORE_SHIPPING.has(status))
        throw new ShopChangeRefused(
          `Order ${id} is ${status.replaceAll('_', ' ')} and cannot be cancelled any more.`,
        );
      const { amount = 0 } = refund(database, mustHave(order), null, now);
      database.prepare(`UPDATE shop_order SET status = 'cancelled' WHERE id = ?`).run(id);
      return { proof: `CN-${id}`, state: `cancelled, refunded to ${paymentMethod}`, amount };
    }
    case 'change_address': {
      const { id, status } = mustHave(order);
      if (!BEFORE_SHIPPING.has(status))
        throw new ShopChangeRefused(
          `Order ${id} is ${status.replaceAll('_', ' ')}; its address cannot be changed any more.`,
        );
      const { fullName, street, postalCode, city, country } = change.address;
      database
        .prepare('INSERT OR REPLACE INTO order_address VALUES (?, ?, ?, ?, ?, ?)')
        .run(id, fullName, street, postalCode, city, country);
      return { proof: `AD-${id}`, state: 'changed' };
    }
    case 'return_label': {
      const { id, status, returnId } = mustHave(order);
      if (status !== 'delivered' && status !== 'returned')
        throw new ShopChangeRefused(`Order ${id} was not delivered yet, so nothing can be returned.`);
      // Numbers of the demo's own kind, made from the order's: the same order has the same return.
      const digits = /\d+/.exec(id)?.[0].slice(-5).padStart(5, '0') ?? '00000';
      const number = returnId ?? `RT-${digits}`;
      database.prepare('UPDATE shop_order SET return_id = ? WHERE id = ?').run(number, id);
      return {
        proof: number,
        state: 'created',
        label: { url: null, trackingNumber: `PW99${digits.padStart(8, '0')}NL` },
      };
    }
    case 'change_subscription': {
      const { changes } = database
        .prepare(`UPDATE subscription SET status = ? WHERE id = ? AND status <> 'cancelled'`)
        .run(change.to, change.subscriptionId);
      if (changes === 0) throw new ShopChangeRefused('There is no such subscription, or it is cancelled.');
      return { proof: `SB-${change.subscriptionId}`, state: change.to };
    }
  }
}

/** Pays back `amount`, or all that is left. */
function refund(
  database: Database,
  { id, total, refund: before, paymentMethod }: ShopOrder,
  amount: number | null,
  now: Date,
): Omit<ShopChangeDone, 'at'> {
  const paidBack = before?.amount ?? 0;
  const left = (cents(total) - cents(paidBack)) / 100;
  const wanted = amount ?? left;
  if (wanted <= 0 || cents(wanted) > cents(left))
    throw new ShopChangeRefused(`Only ${left.toFixed(2)} of order ${id} is left to refund.`);
  database
    .prepare(
      `UPDATE shop_order SET refund_amount = ?, refund_method = ?, refund_status = 'sent', refund_at = ? WHERE id = ?`,
    )
    .run((cents(paidBack) + cents(wanted)) / 100, paymentMethod, now.getTime(), id);
  return { proof: `RF-${id}-${String(cents(paidBack + wanted))}`, state: 'sent', amount: wanted };
}

function mustHave(order: ShopOrder | null): ShopOrder {
  if (!order) throw new ShopChangeRefused('There is no such order.');
  return order;
}

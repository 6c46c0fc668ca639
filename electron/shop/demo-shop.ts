import fs from 'node:fs';

import { z } from 'zod';

import type { ShopBackend } from '../agents/tools/shop-backend.js';
import type { ShopChange, ShopChanges } from '../agents/tools/shop-changes.js';
import { openDatabase, type Database } from '../storage/database.js';
import { readShopFile, type ShopFile, type ShopFileOrder } from './shop-file.js';
import { createSqliteShop, shopMigrations } from './sqlite-shop.js';
import { createSqliteShopChanges, shopChangeMigrations } from './sqlite-shop-changes.js';

const DAY_MS = 86_400_000;

/** How the shop's own codes are printed. */
const methodNames: Readonly<Record<string, string>> = {
  visa: 'Visa card',
  mastercard: 'Mastercard',
  amex: 'Amex card',
  paypal: 'PayPal',
  ideal: 'iDEAL',
  bancontact: 'Bancontact',
  pay_in_3: 'Pay in 3',
  gift_card: 'gift card',
};
const membershipNames: Readonly<Record<string, string>> = { pine_plus: 'Pine Plus' };
const shippingNames: Readonly<Record<string, string>> = {
  standard: 'standard delivery',
  express: 'express delivery',
  bulky: 'bulky delivery',
  international: 'international delivery',
  email: 'by email',
};

export interface DemoShopOptions {
  /** `shop.db` of the workspace; made anew at each start, and what was changed in it is done again. */
  readonly file: string;
  /** `shop.json` with the customers and orders to load. */
  readonly seedFile: string;
  /** Every time in the seed counts from here. */
  readonly now: Date;
}

/** An open demo shop. */
export interface DemoShop {
  readonly backend: ShopBackend;
  readonly changes: ShopChanges;
  close(): void;
}

/**
 * Fills `file` with the demo team's orders, dated relative to `now`, and opens it.
 * @throws AppErrorException WORKSPACE_INVALID_TEAM when the seed cannot be read, WORKSPACE_NOT_WRITABLE when `file` cannot be written.
 */
export function openDemoShop({ file, seedFile, now }: DemoShopOptions): DemoShop {
  const seed = readShopFile(seedFile);
  const changed = changesIn(file);
  for (const suffix of ['', '-wal', '-shm']) fs.rmSync(file + suffix, { force: true });
  const database = openDatabase(file, migrations);
  database.transaction(() => load(database, seed, now.getTime())).immediate();
  const backend = createSqliteShop(database);
  const changes = createSqliteShopChanges(database, backend, () => new Date());
  for (const { key, at, change } of changed)
    try {
      changes.redo(change, key, new Date(at));
    } catch {
      // An order that is not in the demo any more.
    }
  return { backend, changes, close: () => database.close() };
}

const migrations = [
  { scope: 'shop', statements: shopMigrations },
  { scope: 'changes', statements: shopChangeMigrations },
];

const ChangeRow = z.object({ key: z.string(), at: z.number(), change: z.string() });

/** What was changed in the shop of the last start; nothing where its file is missing or damaged. */
function changesIn(
  file: string,
): { readonly key: string; readonly at: number; readonly change: ShopChange }[] {
  if (!fs.existsSync(file)) return [];
  try {
    const database = openDatabase(file, migrations);
    const rows = database.prepare('SELECT key, at, change FROM shop_change ORDER BY at').all();
    database.close();
    return rows
      .map((row) => ChangeRow.parse(row))
      .map(({ key, at, change }) => ({ key, at, change: JSON.parse(change) as ShopChange }));
  } catch {
    return [];
  }
}

function load(database: Database, { customers, orders, subscriptions }: ShopFile, nowMs: number): void {
  const countries = new Intl.DisplayNames(['en'], { type: 'region' });
  const addCustomer = database.prepare('INSERT INTO customer VALUES (?, ?, ?, ?, ?)');
  for (const { id, name, email, membership, country } of customers) {
    addCustomer.run(id, name, email, membershipNames[membership] ?? null, countries.of(country) ?? country);
  }
  const addSubscription = database.prepare('INSERT INTO subscription VALUES (?, ?, ?, ?, ?, ?)');
  for (const { id, customerId, plan, everyWeeks, status, nextBillingInDays: days } of subscriptions) {
    addSubscription.run(
      id,
      customerId,
      plan,
      everyWeeks,
      status,
      days === null ? null : nowMs + days * DAY_MS,
    );
  }
  const addOrder = createOrderLoader(database, nowMs);
  for (const order of orders) addOrder(order);
}

function createOrderLoader(database: Database, nowMs: number): (order: ShopFileOrder) => void {
  const addOrder = database.prepare('INSERT INTO shop_order VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const addItem = database.prepare('INSERT INTO order_item VALUES (?, ?, ?, ?, ?)');
  const addShipment = database.prepare('INSERT INTO shipment VALUES (?, ?, ?, ?, ?, ?)');
  const addScan = database.prepare('INSERT INTO scan VALUES (?, ?, ?, ?, ?)');
  const ago = (days: number): number => Math.round(nowMs - days * DAY_MS);
  const printed = (names: Readonly<Record<string, string>>, code: string): string => names[code] ?? code;

  return (order) => {
    const { id, items, shipping, secondShipment, deliveredDaysAgo: delivered, refund } = order;
    addOrder.run(
      id,
      order.customerId,
      order.status,
      ago(order.placedDaysAgo),
      order.total,
      printed(methodNames, order.paymentMethod),
      printed(shippingNames, shipping.method),
      delivered === undefined ? null : ago(delivered),
      order.returnId ?? null,
      refund?.amount ?? null,
      refund ? printed(methodNames, refund.method) : null,
      refund?.status ?? null,
      refund ? ago(refund.daysAgo) : null,
    );
    items.forEach(({ name, quantity, price }, at) => addItem.run(id, at, name, quantity, price));
    const parcels = [{ ...shipping, items: [] as string[] }, ...(secondShipment ? [secondShipment] : [])];
    parcels.forEach(({ carrier, trackingNumber, estimatedInDays, scans, items: skus }, at) => {
      const names = skus.map((sku) => items.find((item) => item.sku === sku)?.name ?? sku);
      const estimatedAt = estimatedInDays === null ? null : ago(-estimatedInDays);
      addShipment.run(id, at, carrier, trackingNumber, estimatedAt, JSON.stringify(names));
      for (const { daysAgo, text, location } of scans) addScan.run(id, at, ago(daysAgo), text, location);
    });
  };
}

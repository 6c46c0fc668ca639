import fs from 'node:fs';
import { expect, test } from 'vitest';

import { openDemoShop } from './demo-shop.js';
import { DEMO_ORDERS, openShopForTests, TEST_NOW } from './demo-shop-for-tests.js';

const { signal } = new AbortController();

// Catches: days that count from another moment than the start, lost second parcels, refunds without an amount.
test('the demo orders are dated from now and complete', async () => {
  const shop = openShopForTests();
  const split = await shop.backend.findOrder('HP-104271', signal);
  const refunded = await shop.backend.findOrder('HP-104119', signal);
  expect(split?.shipments.map(({ trackingNumber, itemNames }) => [trackingNumber, itemNames])).toEqual([
    ['PW4410178380NL', []],
    ['PW4410186299NL', ['Mast Floor Lamp Oak']],
  ]);
  expect(refunded?.refund).toEqual({
    amount: 90.05,
    method: 'Mastercard',
    status: 'sent',
    at: new Date('2026-11-17T10:00:00Z'),
  });
  shop.close();
});

// Catches: a letter of another case in an address that makes a known customer unknown.
test('a customer is found by address whatever its letter case, with orders newest first', async () => {
  const shop = openShopForTests();
  const customer = await shop.backend.findCustomerByEmail('Wouter.SMIT@example.com', signal);
  const orders = await shop.backend.ordersOf(customer?.id ?? '', 5, signal);
  expect([customer?.country, customer?.membership, orders.map(({ id }) => id)]).toEqual([
    'Netherlands',
    null,
    ['HP-104279', 'HP-104150'],
  ]);
  shop.close();
});

// Catches: a second start that fails on, or adds to, the orders of the first; a damaged file that stops the start.
test('every start loads the orders anew, also over a damaged file', async () => {
  const shop = openShopForTests();
  fs.writeFileSync(shop.file, 'not a database');
  const later = new Date(TEST_NOW.getTime() + 86_400_000);
  const again = openDemoShop({ file: shop.file, seedFile: DEMO_ORDERS, now: later });
  const order = await again.backend.findOrder('HP-104233', signal);
  expect(order?.placedAt).toEqual(new Date('2026-11-18T10:00:00Z'));
  again.close();
  shop.close();
});

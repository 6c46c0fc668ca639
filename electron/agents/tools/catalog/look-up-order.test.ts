import { afterAll, expect, test } from 'vitest';

import { openShopForTests } from '../../../shop/demo-shop-for-tests.js';
import { createLookUpOrder } from './look-up-order.js';

const shop = openShopForTests();
afterAll(() => shop.close());
const tool = createLookUpOrder(shop.backend, shop.print, shop.products);
const { signal } = new AbortController();
const henrik = { name: 'Henrik Dahl', email: 'henrik.dahl@example.com' };

// Catches: a look-up that could change something, or that runs without its schema.
test('only reads', () => {
  expect([tool.name, tool.risk, tool.input.safeParse({}).success]).toEqual(['look_up_order', 'read', false]);
});

// Catches: facts under another key, values a reply could not print, a refund left out.
test('tells state, days, items, amount and refund of an own order', async () => {
  const outcome = await tool.run({ input: { orderId: 'HP-104119' }, customer: henrik, signal });
  const facts = outcome.status === 'succeeded' ? outcome.facts : [];
  expect(Object.fromEntries(facts.map(({ key, value }) => [key, value]))).toEqual({
    'order.id': 'HP-104119',
    'order.status': 'returned',
    'order.placedOn': '21 October 2026',
    'order.items': 'Holt Wool Blanket Grey and LED Bulb E27 8 W (2 pack)',
    'order.total': '107.50 EUR',
    'order.paymentMethod': 'Mastercard',
    'order.shippingMethod': 'standard delivery',
    'order.country': 'Denmark',
    'order.deliveredOn': '27 October 2026',
    'order.daysSinceDelivery': '24 days',
    'order.returnId': 'RT-20391',
    'refund.status': 'sent',
    'refund.amount': '90.05 EUR',
    'refund.method': 'Mastercard',
    'refund.sentOn': '17 November 2026',
  });
});

// Catches: an order shown to somebody it does not belong to, or a refusal that gives something of it away.
test.each([
  ['somebody else', { name: 'Wouter Smit', email: 'wouter.smit@example.com' }, 'HP-104302', 'refused'],
  ['somebody unknown', { name: 'X', email: 'x@nowhere.example' }, 'HP-104302', 'refused'],
  ['a customer without an address', { name: 'X', email: null }, 'HP-104302', 'refused'],
  ['nobody has it', henrik, 'HP-999999', 'not_found'],
])('says nothing of an order when asked by or for: %s', async (_, customer, orderId, status) => {
  const outcome = await tool.run({ input: { orderId }, customer, signal });
  expect(outcome.status).toBe(status);
  expect(JSON.stringify(outcome)).not.toMatch(/Sofia|Carvalho|Towel|Mugs|PayPal|78/);
});

import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Intent } from '../../../shared/domain/intent.js';
import { openShopForTests, TEST_NOW } from '../../shop/demo-shop-for-tests.js';
import { loadTeam } from '../../workspace/team-loader.js';
import { unknownIntent } from '../present-suggestion.js';
import { planToolCalls } from './plan-tool-calls.js';
import type { ShopOrder } from './shop-backend.js';

const team = loadTeam(new URL('../../../resources/demo', import.meta.url).pathname, 'demo');
const shop = openShopForTests();
afterAll(() => shop.close());
let ownOrders: readonly ShopOrder[] = [];
beforeAll(async () => {
  const { signal } = new AbortController();
  const katarzyna = await shop.backend.findCustomerByEmail('katarzyna.lis@example.org', signal);
  ownOrders = await shop.backend.ordersOf(katarzyna?.id ?? '', 10, signal);
});

const intentOf = (label: string, text: string): Intent => ({
  ...unknownIntent(text),
  label,
  confidence: 'high',
});

function plan(label: string, text: string, orders: readonly ShopOrder[] | null = ownOrders) {
  return planToolCalls({
    intent: intentOf(label, text),
    team,
    customerTexts: [text],
    email: 'katarzyna.lis@example.org',
    ownOrders: orders,
    now: TEST_NOW,
  });
}

// Catches: an order the customer names in small letters, or behind other text, that is not looked up.
test('the order the customer names goes first', () => {
  expect(plan('order_status', 'where is hp-104320? thanks').calls).toEqual([
    { tool: 'look_up_order', input: { orderId: 'HP-104320' } },
    { tool: 'track_shipment', input: { orderId: 'HP-104320' } },
  ]);
});

// Catches: facts of the wrong order, because the newest one was taken though another one is meant.
test('without a number it is the order whose goods the customer names', () => {
  expect(plan('return_item', 'Can I return the kettle?').calls).toEqual([
    { tool: 'look_up_order', input: { orderId: 'HP-104236' } },
  ]);
});

test('without a number and goods it is the newest order on its way', () => {
  const { calls } = plan('order_status', 'Where is my parcel?');
  expect(calls[0]?.input).toEqual({ orderId: 'HP-104320' });
});

// Catches: a guess where several orders fit equally well.
test('asks which one when several fit', () => {
  const open = ownOrders.map((order) => ({ ...order, status: 'shipped' as const }));
  expect(plan('order_status', 'Where is my parcel?', open)).toEqual({
    calls: [],
    question: { kind: 'which_order', orderIds: ['HP-104320', 'HP-104236'] },
  });
});

test('asks for the number when the shop does not know the customer', () => {
  expect(plan('order_status', 'Where is my parcel?', null)).toEqual({
    calls: [],
    question: { kind: 'order_number' },
  });
});

// Catches: a look-up nobody asked for, because the classifier named an intent it is not sure of.
test('an uncertain intent looks up nothing but an order that is named', () => {
  const unsure: Intent = { ...intentOf('membership', 'hm HP-104320'), confidence: 'low' };
  const input = { team, customerTexts: ['hm HP-104320'], email: null, ownOrders: null, now: TEST_NOW };
  expect(planToolCalls({ ...input, intent: unsure }).calls).toEqual([
    { tool: 'look_up_order', input: { orderId: 'HP-104320' } },
    { tool: 'track_shipment', input: { orderId: 'HP-104320' } },
  ]);
  expect(
    planToolCalls({ ...input, customerTexts: ['hm'], intent: { ...unsure, query: 'hm' } }).calls,
  ).toEqual([]);
});

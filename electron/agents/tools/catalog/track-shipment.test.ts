import { afterAll, expect, test } from 'vitest';

import { openShopForTests } from '../../../shop/demo-shop-for-tests.js';
import { createTrackShipment } from './track-shipment.js';

const shop = openShopForTests();
afterAll(() => shop.close());
const tool = createTrackShipment(shop.backend, shop.print, shop.products);
const { signal } = new AbortController();

async function factsOf(orderId: string, email: string): Promise<Record<string, string>> {
  const outcome = await tool.run({ input: { orderId }, customer: { name: '', email }, signal });
  const facts = outcome.status === 'succeeded' ? outcome.facts : [];
  return Object.fromEntries(facts.map(({ key, value }) => [key, value]));
}

// Catches: a tracking tool that could change something.
test('only reads', () => {
  expect([tool.name, tool.risk, tool.input.safeParse({}).success]).toEqual(['track_shipment', 'read', false]);
});

// Catches: a day that is over told as the expected day, which reads as a promise that was already broken.
test('tells an expected day that lies ahead from one that is over', async () => {
  expect(await factsOf('HP-104233', 'femke.devries@example.com')).toEqual({
    'shipment.carrier': 'Postway',
    'shipment.trackingNumber': 'PW4410027919NL',
    'shipment.lastScan': 'Arrived at the regional depot, Utrecht, 19 November 2026',
    'shipment.daysSinceScan': '1 day',
    'shipment.estimatedDelivery': '22 November 2026',
  });
  const late = await factsOf('HP-104251', 'samuel.adeyemi@example.com');
  expect([late['shipment.wasExpectedOn'], late['shipment.estimatedDelivery']]).toEqual([
    '17 November 2026',
    undefined,
  ]);
});

// Catches: the second parcel of a split order kept from the customer who misses it.
test('tells both parcels of a split order', async () => {
  const facts = await factsOf('HP-104271', 'amara.okafor@example.com');
  expect([facts['shipment.parcels'], facts['shipment2.items'], facts['shipment2.trackingNumber']]).toEqual([
    '2 parcels',
    'Mast Floor Lamp Oak',
    'PW4410186299NL',
  ]);
});

// Catches: tracking facts of an order that has no parcel yet, or of somebody else's parcel.
test.each([
  ['not sent yet', 'HP-104318', 'noor.elamrani@example.com', 'not_found'],
  ['of another customer', 'HP-104302', 'wouter.smit@example.com', 'refused'],
])('has no facts of a parcel %s', async (_, orderId, email, status) => {
  const outcome = await tool.run({ input: { orderId }, customer: { name: '', email }, signal });
  expect(outcome.status).toBe(status);
  expect(JSON.stringify(outcome)).not.toMatch(/SL-20817969|Swiftline/);
});

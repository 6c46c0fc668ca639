import { isEnumType } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { errorCodeOf } from '../../../shared/errors/app-error.js';
import { createCancelOrder } from '../../agents/tools/catalog/cancel-order.js';
import { createRefundOrder } from '../../agents/tools/catalog/refund-order.js';
import { createTrackShipment } from '../../agents/tools/catalog/track-shipment.js';
import { createPrintable } from '../../agents/tools/printable.js';
import { ShopChangeRefused } from '../../agents/tools/shop-changes.js';
import { withAddress } from '../business-address.js';
import { createShopifyApi, SHOPIFY_VERSION } from './shopify-api.js';
import { createShopifyChanges } from './shopify-changes.js';
import { orderOfTests, parcelOfTests } from './shopify-orders-for-tests.js';
import { readAdminSchema } from './shopify-schema-for-tests.js';
import { startShopifyServer, TOKEN, type ShopifyServer } from './shopify-server-for-tests.js';
import { checkShopify, createShopifyShop } from './shopify-shop.js';

const { signal } = new AbortController();
const now = (): Date => new Date('2026-11-27T12:00:00Z');
const print = createPrintable({ currency: 'EUR', timezone: 'Europe/Amsterdam', now });
const femke = { name: 'Femke de Vries', email: 'femke.devries@example.com' };
const FEMKE = 'gid://shopify/Customer/1';
const THIJS = 'gid://shopify/Customer/2';

const admin = await readAdminSchema(SHOPIFY_VERSION);
const schema = typeof admin === 'string' ? null : admin;
let server: ShopifyServer;
const connect = (token = TOKEN) => {
  const api = createShopifyApi({ baseUrl: server.url, token: () => token, fetch, timeoutMs: 5_000 });
  const changes = createShopifyChanges(api, [50, 100, 200]);
  return { api, shop: createShopifyShop(api), changes };
};
const put = (number: number, customerId = FEMKE, more: Record<string, unknown> = {}): string => {
  server.orders.set(String(number), orderOfTests(number, customerId, more));
  return `#${String(number)}`;
};
const refunds = (name: string): unknown[] => server.orders.get(name.slice(1))?.['refunds'] as unknown[];

beforeEach(async () => (server = await startShopifyServer(schema)));
afterEach(() => server.close());

describe.skipIf(!schema)('Shopify, on its GraphQL schema', () => {
  // Catches: a question or an answer in any of these tests that Shopify's schema does not have.
  afterEach(() => expect(server.faults).toEqual([]));

  it('tells an order with its goods and its parcel', async () => {
    const events = [
      { happenedAt: '2026-11-22T09:00:00Z', status: 'IN_TRANSIT', city: 'Utrecht' },
      { happenedAt: '2026-11-23T07:00:00Z', status: 'OUT_FOR_DELIVERY', city: 'Leiden' },
    ];
    put(1001, FEMKE, { fulfillments: [parcelOfTests('OUT_FOR_DELIVERY', events)] });
    expect(await connect().shop.findOrder('1001', signal)).toMatchObject({
      ...{ id: '#1001', status: 'out_for_delivery', total: 89, paymentMethod: 'Shopify Payments' },
      items: [{ name: 'Linen Duvet Cover - Sand', quantity: 1, price: 79 }],
      shipments: [
        {
          ...{ carrier: 'PostNL', trackingNumber: '3SABC1', itemNames: [] },
          scans: [
            { text: 'In transit', location: 'Utrecht' },
            { text: 'Out for delivery', location: 'Leiden' },
          ],
        },
      ],
    });
    const track = createTrackShipment(connect().shop, print, []);
    const facts = JSON.stringify(await track.run({ input: { orderId: '#1001' }, customer: femke, signal }));
    expect(facts).toContain('Out for delivery, Leiden, 23 November 2026');
  });

  // Catches: the first ten scans of a long way told as its last.
  it('tells the newest scans of a parcel that had many', async () => {
    const events = Array.from({ length: 14 }, (_, at) => ({
      ...{ happenedAt: `2026-11-22T${String(at + 8).padStart(2, '0')}:00:00Z`, status: 'IN_TRANSIT' },
      city: `Stop ${String(at)}`,
    }));
    put(1001, FEMKE, { fulfillments: [parcelOfTests('IN_TRANSIT', events)] });
    const order = await connect().shop.findOrder('1001', signal);
    expect(order?.shipments[0]?.scans.at(-1)).toMatchObject({ location: 'Stop 13' });
  });

  // Catches: “delivered” told of an order of which a part was not even sent, and the days to return it counted.
  it('does not call an order delivered while goods of it are still to be sent', async () => {
    const fulfillments = [parcelOfTests('DELIVERED', [])];
    put(1002, FEMKE, { fulfillments, displayFulfillmentStatus: 'FULFILLED' });
    const { shop } = connect();
    const type = schema?.schema.getType('OrderDisplayFulfillmentStatus');
    const states = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    const isDone = (state: string): boolean =>
      ['FULFILLED', 'FULFILLMENT_NOT_REQUIRED', 'RESTOCKED'].includes(state);
    const open = ['PARTIALLY_FULFILLED', 'ON_HOLD', 'SCHEDULED', ...states.filter((state) => !isDone(state))];
    for (const displayFulfillmentStatus of open) {
      put(1001, FEMKE, { fulfillments, displayFulfillmentStatus });
      const order = await shop.findOrder('1001', signal);
      expect([displayFulfillmentStatus, order?.status, order?.deliveredAt]).toEqual([
        ...[displayFulfillmentStatus, 'shipped', null],
      ]);
    }
    expect(await shop.findOrder('1002', signal)).toMatchObject({
      ...{ status: 'delivered', deliveredAt: new Date('2026-11-24T10:00:00Z') },
    });
  });

  // Catches: a parcel that lies packed told as on its way, and a status of a new version that nobody thought about.
  it('has a word of its own for each state of a parcel', async () => {
    const type = schema?.schema.getType('FulfillmentDisplayStatus');
    const states = isEnumType(type) ? type.getValues().map(({ name }) => name) : [];
    expect(states.sort()).toEqual(Object.keys(STATES).sort());
    const { shop } = connect();
    for (const [state, status] of Object.entries(STATES)) {
      const fulfillments = [parcelOfTests(state, [])];
      const name = put(1001, FEMKE, { fulfillments, displayFulfillmentStatus: 'FULFILLED' });
      expect([state, (await shop.findOrder(name, signal))?.status]).toEqual([state, status]);
    }
  });

  // Catches: order 10011 shown to whoever asks for order 1001, since a search finds what begins so.
  it('takes only the order that is named, and nothing that is no number', async () => {
    put(10011, THIJS);
    const { shop } = connect();
    expect(await shop.findOrder('1001', signal)).toBeNull();
    server.asked.length = 0;
    expect(await shop.findOrder('1001" OR name:"10011', signal)).toBeNull();
    expect(server.asked).toEqual([]);
  });

  it('knows a customer by address in any case, and their orders alone', async () => {
    put(1001);
    put(1002, THIJS);
    const { shop } = connect();
    const customer = await shop.findCustomerByEmail('FEMKE.devries@example.com', signal);
    expect(customer).toMatchObject({ name: 'Femke de Vries', country: 'Netherlands' });
    const orders = await shop.ordersOf(customer?.id ?? '', 20, signal);
    expect(orders.map(({ id }) => id)).toEqual(['#1001']);
    expect(await shop.findCustomerByEmail('nobody@example.com', signal)).toBeNull();
  });

  // Catches: an order of somebody else that is told or refunded because its number was written.
  it('refuses the orders of others', async () => {
    const name = put(1002, THIJS);
    const { shop, changes } = connect();
    const refund = createRefundOrder({ shop, changes, print, currency: 'EUR' });
    const input = { orderId: name, amount: '5', reason: 'Because' };
    expect(await refund.preview({ input, customer: femke, signal })).toMatchObject({ status: 'refused' });
    const run = { input, customer: femke, key: 'act-0', signal };
    expect(await refund.run(run)).toMatchObject({ status: 'refused' });
    expect(refunds(name)).toEqual([]);
  });

  // Catches: a refund that is paid twice because it was asked for twice, or because nobody heard that it was paid.
  it('refunds a part once for each key, and finds it again after a lost answer', async () => {
    const name = put(1001);
    const { changes } = connect();
    const part = { kind: 'refund', orderId: name, amount: 12.5, reason: 'Late' } as const;
    expect(await changes.findDone(part, 'act-1', signal)).toBeNull();
    server.loseNext();
    await expect(changes.apply(part, 'act-1', signal)).rejects.toSatisfy(
      (error) => errorCodeOf(error) === 'BUSINESS_UNREACHABLE',
    );
    const done = await changes.findDone(part, 'act-1', signal);
    expect(done).toMatchObject({ amount: 12.5, proof: 'refund 1', state: 'sent' });
    expect(await changes.apply(part, 'act-1', signal)).toEqual(done);
    await Promise.all([changes.apply(part, 'act-2', signal), connect().changes.apply(part, 'act-2', signal)]);
    expect(refunds(name)).toHaveLength(2);
  });

  it('refunds what is left, and no more', async () => {
    const name = put(1001);
    const { changes } = connect();
    const ask = (amount: number | null) =>
      ({ kind: 'refund', orderId: name, amount, reason: 'Late' }) as const;
    await changes.apply(ask(80), 'act-1', signal);
    await expect(changes.apply(ask(9.01), 'act-2', signal)).rejects.toBeInstanceOf(ShopChangeRefused);
    expect(await changes.apply(ask(null), 'act-3', signal)).toMatchObject({ amount: 9 });
    await expect(changes.apply(ask(null), 'act-4', signal)).rejects.toBeInstanceOf(ShopChangeRefused);
  });

  // Catches: a gift card that gets the card's money, or more than was paid with it.
  it('pays each part back to what it was paid with', async () => {
    const paid = (id: string, gateway: string, amount: string) => ({
      ...{ id, kind: 'SALE', status: 'SUCCESS', gateway, formattedGateway: gateway, parentTransaction: null },
      amountSet: { shopMoney: { amount, currencyCode: 'EUR' } },
    });
    const transactions = [paid('t-gift', 'gift_card', '30.0'), paid('t-card', 'shopify_payments', '59.0')];
    const name = put(1001, FEMKE, { transactions });
    await connect().changes.apply(
      { kind: 'refund', orderId: name, amount: 50, reason: 'L' },
      'act-1',
      signal,
    );
    const back = (server.orders.get('1001')?.['transactions'] as Record<string, unknown>[]).slice(2);
    expect(
      back.map((one) => [
        one['gateway'],
        (one['amountSet'] as { shopMoney: { amount: string } }).shopMoney.amount,
      ]),
    ).toEqual([
      ['gift_card', '30.0'],
      ['shopify_payments', '20.0'],
    ]);
  });

  it('leaves an order of another currency to Shopify itself', async () => {
    const name = put(1001, FEMKE, { presentmentCurrencyCode: 'USD' });
    const asked = connect().changes.apply(
      { kind: 'refund', orderId: name, amount: 5, reason: 'L' },
      'a',
      signal,
    );
    await expect(asked).rejects.toThrow('paid in USD');
  });

  // Catches: a refund Shopify refuses to read, of which the rep is told that nobody knows whether it was paid.
  it('says that nothing was done where Shopify cannot take what is sent', async () => {
    const [paid] = orderOfTests(1001, FEMKE)['transactions'] as Record<string, unknown>[];
    const name = put(1001, FEMKE, { transactions: [{ ...paid, gateway: null, formattedGateway: null }] });
    const { changes } = connect();
    const refund = { kind: 'refund', orderId: name, amount: 5, reason: 'Late' } as const;
    await expect(changes.apply(refund, 'act-1', signal)).rejects.toThrow('refund it in Shopify itself');
    const address = { fullName: 'F', street: 'Kade 1', postalCode: 'W1', city: 'London', country: 'UK' };
    const move = { kind: 'change_address', orderId: put(1002), address } as const;
    await expect(changes.apply(move, 'act-2', signal)).rejects.toBeInstanceOf(ShopChangeRefused);
    expect(server.faults.splice(0)).toContainEqual(expect.stringContaining('"UK"'));
    expect(server.orders.get('1002')?.['shippingAddress']).toBeUndefined();
  });

  // Catches: a refund the payment provider turned down that a reply tells as sent.
  it('does not call a refund done that was turned down', async () => {
    const turnedDown = {
      ...{ id: 'gid://shopify/Refund/1', note: 'Late [cuecard act-1]', createdAt: '2026-11-26T12:00:00Z' },
      totalRefundedSet: { shopMoney: { amount: '5.0', currencyCode: 'EUR' } },
      transactions: { nodes: [{ status: 'FAILURE' }] },
    };
    const name = put(1001, FEMKE, { refunds: [turnedDown] });
    const { changes, shop } = connect();
    const part = { kind: 'refund', orderId: name, amount: 5, reason: 'Late' } as const;
    expect(await changes.findDone(part, 'act-1', signal)).toBeNull();
    expect((await shop.findOrder(name, signal))?.refund).toBeNull();
  });

  // Catches: a cancellation that counts as done while Shopify is still at it, or that a restart cannot find.
  it('waits until the order is cancelled, and finds that again', async () => {
    const name = put(1001);
    const { shop, changes } = connect();
    const tool = createCancelOrder({ shop, changes, print, currency: 'EUR' });
    const run = {
      input: { orderId: name, reason: 'Changed my mind' },
      customer: femke,
      key: 'act-1',
      signal,
    };
    const first = await tool.run(run);
    expect(first).toMatchObject({ status: 'succeeded', proof: '#1001' });
    expect(JSON.stringify(first)).toContain('89.00 EUR');
    expect(await tool.readBack(run)).toMatchObject({ status: 'succeeded', proof: '#1001' });
    expect(await tool.readBack({ ...run, key: 'act-2' })).toBeNull();
    expect(server.asked.filter((one) => one.name === 'Cancel')).toHaveLength(1);
  });

  it('says it does not know while Shopify is still cancelling', async () => {
    const name = put(1001);
    const { api } = connect();
    const impatient = createShopifyChanges(api, [10]);
    const cancel = { kind: 'cancel_order', orderId: name, reason: 'Mind' } as const;
    await expect(impatient.apply(cancel, 'act-1', signal)).rejects.toSatisfy(
      (error) => errorCodeOf(error) === 'BUSINESS_UNREACHABLE',
    );
    await expect
      .poll(() => impatient.findDone(cancel, 'act-1', signal))
      .toMatchObject({ state: 'cancelled' });
  });

  it('changes an address before the parcel leaves, and not after', async () => {
    const address = { fullName: 'Femke de Vries', street: 'Kade 1', postalCode: '2312 AB', city: 'Leiden' };
    const to = (orderId: string) =>
      ({ kind: 'change_address', orderId, address: { ...address, country: 'NL' } }) as const;
    const name = put(1001);
    const { changes } = connect();
    expect(await changes.apply(to(name), 'act-1', signal)).toMatchObject({ state: 'changed' });
    expect(server.orders.get('1001')?.['shippingAddress']).toEqual({
      ...{ firstName: 'Femke', lastName: 'de Vries', address1: 'Kade 1' },
      ...{ zip: '2312 AB', city: 'Leiden', countryCode: 'NL' },
    });
    expect(await changes.findDone(to(name), 'act-1', signal)).not.toBeNull();
    const gone = put(1002, FEMKE, { fulfillments: [parcelOfTests('IN_TRANSIT', [])] });
    await expect(changes.apply(to(gone), 'act-2', signal)).rejects.toBeInstanceOf(ShopChangeRefused);
  });

  it('says what the token may do', async () => {
    const { notes } = await checkShopify(connect().api, signal);
    expect(notes).toEqual([
      'The token works: Harbour & Pine, which counts in EUR.',
      'The scope read_all_orders is missing: orders of more than 60 days ago cannot be read.',
    ]);
  });

  // Catches: what Shopify says of a key that is under way told as a refusal, after which the rep would pay again.
  it('does not take a quarrel about the key for a no', async () => {
    const name = put(1001);
    const message = 'A request with this idempotency key is being processed.';
    const body = { data: { refundCreate: { refund: null, userErrors: [{ field: null, message }] } } };
    const api = createShopifyApi({
      ...{ baseUrl: server.url, token: () => TOKEN, timeoutMs: 5_000 },
      fetch: (url, init) =>
        typeof init?.body === 'string' && init.body.includes('refundCreate')
          ? Promise.resolve(Response.json(body))
          : fetch(url, init),
    });
    const part = { kind: 'refund', orderId: name, amount: 5, reason: 'Late' } as const;
    const asked = createShopifyChanges(api, []).apply(part, 'act-1', signal);
    await expect(asked).rejects.toSatisfy((error) => errorCodeOf(error) === 'BUSINESS_UNREACHABLE');
  });
});

describe('Shopify, whatever it answers', () => {
  it.each([
    ['a wrong token', null, 'BUSINESS_REFUSED'],
    ['a missing scope', graphql('ACCESS_DENIED'), 'BUSINESS_REFUSED'],
    ['too many questions', graphql('THROTTLED'), 'BUSINESS_UNREACHABLE'],
    ['429', { status: 429, body: {} }, 'BUSINESS_UNREACHABLE'],
    ['502', { status: 502, body: {} }, 'BUSINESS_UNREACHABLE'],
    ['another page', { status: 200, body: ['hello'] }, 'BUSINESS_ANSWER_UNREADABLE'],
  ])('understands %s', async (_, answer, code) => {
    server.answerAll(answer);
    const { shop } = connect(answer === null ? 'shpat_wrong' : TOKEN);
    await expect(shop.findOrder('1001', signal)).rejects.toSatisfy((error) => errorCodeOf(error) === code);
  });

  it('takes an address as people copy it', () => {
    const system = { id: 's-1', kind: 'shopify', name: 'Shop', options: {} } as const;
    for (const copied of ['', '/', '/admin', '/admin/orders/1'])
      expect(withAddress({ ...system, baseUrl: `https://a.myshopify.com${copied}` }).baseUrl).toBe(
        'https://a.myshopify.com',
      );
  });
});

const STATES = {
  ...{ SUBMITTED: 'packed', CONFIRMED: 'packed', LABEL_PURCHASED: 'packed', LABEL_PRINTED: 'packed' },
  ...{ LABEL_VOIDED: 'packed', FULFILLED: 'shipped', MARKED_AS_FULFILLED: 'shipped', CANCELED: 'shipped' },
  ...{ CARRIER_PICKED_UP: 'shipped', IN_TRANSIT: 'shipped', DELAYED: 'shipped', FAILURE: 'shipped' },
  ...{ ATTEMPTED_DELIVERY: 'shipped', NOT_DELIVERED: 'shipped', READY_FOR_PICKUP: 'shipped' },
  ...{ OUT_FOR_DELIVERY: 'out_for_delivery', DELIVERED: 'delivered', PICKED_UP: 'delivered' },
};

function graphql(code: string) {
  return { status: 200, body: { errors: [{ message: code, extensions: { code } }] } };
}

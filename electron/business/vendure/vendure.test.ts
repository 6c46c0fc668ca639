import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { errorCodeOf } from '../../../shared/errors/app-error.js';
import { createPrintable } from '../../agents/tools/printable.js';
import { createCancelOrder } from '../../agents/tools/catalog/cancel-order.js';
import { createChangeAddress } from '../../agents/tools/catalog/change-address.js';
import { createRefundOrder } from '../../agents/tools/catalog/refund-order.js';
import { createTrackShipment } from '../../agents/tools/catalog/track-shipment.js';
import type { ShopBackend } from '../../agents/tools/shop-backend.js';
import { ShopChangeRefused, type ShopChanges } from '../../agents/tools/shop-changes.js';
import { startPeer, type Peer } from '../../helpdesk/connectors/peer-for-tests.js';
import { createVendureApi, type VendureOptions } from './vendure-api.js';
import { createVendureChanges } from './vendure-changes.js';
import { createVendureShop } from './vendure-shop.js';

const Ready = z.object({ url: z.string(), user: z.string(), password: z.string() });
const now = (): Date => new Date();
const print = createPrintable({ currency: 'EUR', timezone: 'Europe/Amsterdam', now });
const { signal } = new AbortController();
const femke = { name: 'Femke de Vries', email: 'Femke.deVries@example.com' };
const thijs = { name: 'Thijs Bakker', email: 'thijs.bakker@example.com' };

let peer: Peer<z.infer<typeof Ready>> | string;
let shop: ShopBackend;
let changes: ShopChanges;
/** What was sent to the shop, by operation. */
let sent: string[] = [];

function connect(
  url: string,
  part: Partial<VendureOptions> = {},
): { shop: ShopBackend; changes: ShopChanges } {
  const password = typeof peer === 'string' ? '' : peer.ready.password;
  const api = createVendureApi({
    ...{ baseUrl: url, user: 'admin', password: () => password, timeoutMs: 15_000 },
    fetch: (input, init) => {
      const text = typeof init?.body === 'string' ? init.body : '';
      sent.push(/(?:query|mutation) (\w+)/.exec(text)?.[1] ?? '');
      return fetch(input, init);
    },
    ...part,
  });
  return { shop: createVendureShop(api), changes: createVendureChanges(api, now) };
}

beforeAll(async () => {
  peer = await startPeer('vendure', Ready);
  if (typeof peer !== 'string') ({ shop, changes } = connect(peer.ready.url));
}, 600_000);
afterAll(async () => {
  if (peer && typeof peer !== 'string') await peer.end();
});

describe('a real Vendure', () => {
  it('tells an order with its goods, its parcel and what was paid', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    expect(await shop.findOrder('HP-204233', signal)).toMatchObject({
      ...{ id: 'HP-204233', status: 'shipped', total: 212.95, paymentMethod: 'iDEAL', refund: null },
      shippingMethod: 'standard delivery',
      items: [
        { name: 'Linen Duvet Cover Sand 140x200', quantity: 1, price: 129 },
        { name: 'Fog Stoneware Mugs (set of 4)', quantity: 2, price: 39.5 },
      ],
      shipments: [{ carrier: 'Postway', trackingNumber: 'PW4410177700NL', itemNames: [] }],
    });
    expect(await shop.findOrder('HP-999999', signal)).toBeNull();
  });

  it('knows a customer by address in any case, and their orders', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const customer = await shop.findCustomerByEmail(femke.email, signal);
    expect(customer).toMatchObject({ name: 'Femke de Vries', country: 'Netherlands' });
    const orders = await shop.ordersOf(customer?.id ?? '', 10, signal);
    expect(orders.map(({ id }) => id).sort()).toEqual(['HP-204233', 'HP-204240']);
    expect(await shop.findCustomerByEmail('nobody@example.com', signal)).toBeNull();
  });

  it('gives the look-up tools what a card says, to the own customer only', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const track = createTrackShipment(shop, print, []);
    const own = await track.run({ input: { orderId: 'HP-204233' }, customer: femke, signal });
    expect(own).toMatchObject({ status: 'succeeded' });
    expect(JSON.stringify(own)).toContain('PW4410177700NL');
    const others = await track.run({ input: { orderId: 'HP-204251' }, customer: femke, signal });
    expect(others.status).toBe('refused');
  });

  // Catches: a refund that is paid twice because it was asked for twice, or because nobody heard that it was paid.
  it('refunds a part once for each key, and finds it again', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const refund = createRefundOrder({ shop, changes, print, currency: 'EUR' });
    const run = { input: { orderId: 'HP-204233', amount: '20.00', reason: 'Late' }, customer: femke, signal };
    expect(await refund.preview(run)).toMatchObject({
      effect: 'Refund 20.00 EUR, a part of order HP-204233 (212.95 EUR), to iDEAL.',
    });
    expect(await refund.readBack({ ...run, key: 'k1' })).toBeNull();
    sent = [];
    const both = await Promise.all([refund.run({ ...run, key: 'k1' }), refund.run({ ...run, key: 'k1' })]);
    expect(both[0]).toMatchObject({ status: 'succeeded' });
    expect(both[1]).toEqual(both[0]);
    // Another desk with the same key, later.
    const other = connect(peer.ready.url);
    await other.changes.apply(
      { kind: 'refund', orderId: 'HP-204233', reason: 'Late', amount: 20 },
      'k1',
      signal,
    );
    expect(sent.filter((operation) => operation === 'Refund')).toHaveLength(1);
    expect((await shop.findOrder('HP-204233', signal))?.refund).toMatchObject({
      amount: 20,
      status: 'requested',
    });
    expect(await refund.readBack({ ...run, key: 'k1' })).toEqual(both[0]);
    expect(await refund.readBack({ ...run, key: 'k2' })).toBeNull();
  });

  it('refuses more than was paid, and a shipped order is not cancelled', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const over = { kind: 'refund', orderId: 'HP-204233', reason: 'x', amount: 192.96 } as const;
    await expect(changes.apply(over, 'k3', signal)).rejects.toThrow(
      new ShopChangeRefused('Only 192.95 of order HP-204233 is left to refund.'),
    );
    const cancel = createCancelOrder({ shop, changes, print, currency: 'EUR' });
    const run = { input: { orderId: 'HP-204233', reason: 'x' }, customer: femke, key: 'k4', signal };
    expect((await cancel.run(run)).status).toBe('refused');
  });

  it('changes an address, and cancels with the money back', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const address = {
      fullName: 'Femke',
      street: 'Gracht 5',
      postalCode: '3511 AB',
      city: 'Utrecht',
      country: 'NL',
    };
    const move = { kind: 'change_address', orderId: 'HP-204240', address } as const;
    expect(await changes.findDone(move, 'k5', signal)).toBeNull();
    expect(await changes.apply(move, 'k5', signal)).toMatchObject({ state: 'changed', proof: 'HP-204240' });
    expect((await shop.findOrder('HP-204240', signal))?.status).toBe('placed');
    const cancel = createCancelOrder({ shop, changes, print, currency: 'EUR' });
    const run = {
      input: { orderId: 'HP-204251', reason: 'Ordered twice' },
      customer: thijs,
      key: 'k6',
      signal,
    };
    expect(await cancel.run(run)).toMatchObject({ status: 'succeeded' });
    expect(await shop.findOrder('HP-204251', signal)).toMatchObject({
      ...{ status: 'cancelled', total: 44.45, refund: { amount: 44.45 } },
    });
    expect(await cancel.readBack(run)).toMatchObject({ status: 'succeeded' });
    const late = { ...move, orderId: 'HP-204251' };
    await expect(changes.apply(late, 'k7', signal)).rejects.toThrow(ShopChangeRefused);
  });

  // Catches: "nothing was changed" about an address that was changed, since the order went on before anybody looked.
  it('finds a change that could not be made any more', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const change = createChangeAddress({ shop, changes, print, currency: 'EUR' });
    const input = {
      ...{ orderId: 'HP-204240', fullName: 'Femke', street: 'Gracht 7', postalCode: '3511 AB' },
      ...{ city: 'Utrecht', country: 'NL' },
    };
    const run = { input, customer: femke, key: 'k8', signal };
    let lost = false;
    // The answer to the modification never comes, and nothing more is sent.
    const desk = connect(peer.ready.url, {
      fetch: async (url, init) => {
        if (lost) throw new TypeError('cut off');
        const isChange = typeof init?.body === 'string' && init.body.includes('"dryRun":false');
        const response = await fetch(url, init);
        if (isChange) lost = true;
        if (isChange) throw new TypeError('cut off');
        return response;
      },
    });
    const cutOff = createChangeAddress({ ...desk, print, currency: 'EUR' });
    await expect(cutOff.run(run)).rejects.toThrow();
    expect(await change.readBack(run)).toMatchObject({ status: 'succeeded', proof: 'HP-204240' });
    // Not left in "Modifying", where it could be neither shipped nor cancelled.
    const cancel = { kind: 'cancel_order', orderId: 'HP-204240', reason: 'Not needed' } as const;
    expect(await changes.apply(cancel, 'k12', signal)).toMatchObject({ state: 'cancelled' });
    expect(await change.readBack(run)).toMatchObject({ status: 'succeeded', proof: 'HP-204240' });
    expect(await change.run(run)).toMatchObject({ status: 'succeeded', proof: 'HP-204240' });
    expect(await change.run({ ...run, key: 'k9' })).toMatchObject({ status: 'refused' });
    expect(await change.readBack({ ...run, key: 'k9' })).toBeNull();
  });

  // Catches: a refund told as refused, where what left nothing to refund was its own earlier try.
  it('takes a refusal that its own earlier try brought about for done', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const all = { kind: 'refund', orderId: 'HP-204233', reason: 'Lost', amount: null } as const;
    let isFirst = true;
    const late = connect(peer.ready.url, {
      fetch: async (url, init) => {
        const response = await fetch(url, init);
        const isLook = typeof init?.body === 'string' && init.body.includes('query Order');
        if (isLook && isFirst) {
          isFirst = false;
          await changes.apply(all, 'k10', signal);
        }
        return response;
      },
    });
    expect(await late.changes.apply(all, 'k10', signal)).toMatchObject({ amount: 192.95 });
    await expect(late.changes.apply(all, 'k11', signal)).rejects.toThrow(ShopChangeRefused);
  });

  it('names a wrong password, a shop that is away, one that is slow, and a session that ended', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const { url } = peer.ready;
    const codeOf = (part: Partial<VendureOptions>, at = url): Promise<unknown> =>
      connect(at, part)
        .shop.findOrder('HP-204233', signal)
        .then(() => 'found', errorCodeOf);
    expect(await codeOf({ password: () => 'wrong' })).toBe('BUSINESS_REFUSED');
    expect(await codeOf({}, 'http://127.0.0.1:9')).toBe('BUSINESS_UNREACHABLE');
    expect(await codeOf({ timeoutMs: 1 })).toBe('BUSINESS_UNREACHABLE');
    let asked = 0;
    const forgetful: typeof fetch = (input, init) => {
      asked += 1;
      // The second request is the first with a token: it is sent with one the shop does not know.
      if (asked !== 2) return fetch(input, init);
      return fetch(input, {
        ...init,
        headers: { 'content-type': 'application/json', authorization: 'Bearer gone' },
      });
    };
    expect(await codeOf({ fetch: forgetful })).toBe('found');
  });
});

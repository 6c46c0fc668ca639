import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { errorCodeOf } from '../../../shared/errors/app-error.js';
import { startPeer, type Peer } from '../../helpdesk/connectors/peer-for-tests.js';
import { teamProfile } from '../profile-for-tests.js';
import { connectStripe } from './connect-stripe.js';

const Ready = z.object({ url: z.string() });
const { signal } = new AbortController();
const context = { profile: teamProfile, now: () => new Date() };
const femke = { name: 'Femke de Vries', email: 'Femke.deVries@example.com' };
const thijs = { name: 'Thijs Bakker', email: 'thijs.bakker@example.com' };
const KEY = 'sk_test_of_these_tests';

let peer: Peer<z.infer<typeof Ready>> | string;
/** What was sent, by method and path. */
let sent: string[] = [];
let headersSeen: string[] = [];

function connect(part: { readonly key?: string; readonly fetch?: typeof fetch; readonly url?: string } = {}) {
  const url = part.url ?? (typeof peer === 'string' ? 'http://127.0.0.1:1' : peer.ready.url);
  const send: typeof fetch = (input, init) => {
    sent.push(`${init?.method ?? 'GET'} ${new URL(input instanceof Request ? input.url : input).pathname}`);
    headersSeen = [...new Headers(init?.headers).keys()];
    return (part.fetch ?? fetch)(input, init);
  };
  const system = { id: 'stripe-1', kind: 'stripe' as const, name: 'Stripe', baseUrl: url, options: {} };
  const connected = connectStripe(system, () => part.key ?? KEY, {
    fetch: send,
    timeoutMs: 5_000,
    changeTimeoutMs: 5_000,
  });
  const [payment, subscription] = connected.tools(context);
  const [refund] = connected.writeTools(context);
  if (!payment || !subscription || !refund) throw new Error('A tool is missing.');
  return { connected, payment, subscription, refund };
}

/** The shop's own side: takes money. */
function shopStripe(): Stripe {
  const { port } = new URL(typeof peer === 'string' ? 'http://127.0.0.1:1' : peer.ready.url);
  return new Stripe(KEY, { host: '127.0.0.1', port, protocol: 'http', telemetry: false });
}

async function pays(email: string, amount: number, currency = 'eur'): Promise<string> {
  const customer = await shopStripe().customers.create({ email, source: 'tok_visa' });
  const charge = await shopStripe().charges.create({ amount, currency, customer: customer.id });
  return charge.id;
}

const input = (paymentId: string, amount = '') => ({ paymentId, amount, reason: 'Parcel was lost' });

beforeAll(async () => {
  peer = await startPeer('stripe', Ready);
}, 60_000);
afterAll(async () => {
  if (peer && typeof peer !== 'string') await peer.end();
});

describe('a Stripe that keeps what it is told', () => {
  it('says what the customer paid, with the card, and what came back', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const paymentId = await pays('femke.devries@example.com', 4900);
    const { payment } = connect();
    const run = { input: { email: femke.email }, customer: femke, signal };
    const before = await payment.run(run);
    expect(before).toMatchObject({
      status: 'succeeded',
      facts: [
        { key: 'payment.id', value: paymentId },
        { key: 'payment.status', value: 'paid' },
        { key: 'payment.amount', value: '49.00 EUR' },
        { key: 'payment.method', value: 'Visa card ending in 4242' },
        { key: 'payment.date' },
      ],
    });
    await shopStripe().refunds.create({ charge: paymentId, amount: 1000 });
    expect(JSON.stringify(await payment.run(run))).toMatch(/partly refunded.*10\.00 EUR/u);
  });

  // Catches: payments of somebody else on the card of this conversation.
  it('asks for nobody but the customer of the conversation', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const paymentId = await pays('thijs.bakker@example.com', 7700);
    const { payment, subscription, refund } = connect();
    sent = [];
    for (const tool of [payment, subscription])
      for (const customer of [femke, { name: 'Somebody', email: null }])
        expect((await tool.run({ input: { email: thijs.email }, customer, signal })).status).toBe('refused');
    expect(sent).toEqual([]);
    for (const customer of [femke, { name: 'Somebody', email: null }]) {
      const preview = await refund.preview({ input: input(paymentId), customer, signal });
      expect(preview).toEqual({
        status: 'refused',
        detail: `Payment ${paymentId} does not belong to the customer of this conversation.`,
      });
      const run = await refund.run({ input: input(paymentId), customer, key: 'act-of-another', signal });
      expect(run.status).toBe('refused');
    }
    expect(sent.filter((one) => one.startsWith('POST'))).toEqual([]);
  });

  // Catches: a refund that is proposed for a payment the customer may not mean.
  it('names a payment to refund only where it is the only one left', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const two = { name: 'Two', email: 'two.payments@example.com' };
    await pays(two.email, 1000);
    await pays(two.email, 2000);
    const outcome = await connect().payment.run({ input: { email: two.email }, customer: two, signal });
    if (outcome.status !== 'succeeded') throw new Error(outcome.detail);
    const keys = outcome.facts.map(({ key }) => key);
    expect(keys).toContain('payment.number');
    expect(keys).toContain('payment.earlier1');
    expect(keys).not.toContain('payment.id');
  });

  // Catches: a refund that is paid twice because it was asked for twice, or because nobody heard that it was paid.
  it('refunds a part once for each key, and finds it again', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const paymentId = await pays('femke.devries@example.com', 4900);
    const { refund } = connect();
    const run = { input: input(paymentId, '12,50'), customer: femke, key: 'act-part', signal };
    expect(await refund.readBack(run)).toBeNull();
    expect(await refund.preview(run)).toMatchObject({
      ...{ status: 'ready', amount: { amount: 12.5, currency: 'EUR' } },
      effect: `Refund 12.50 EUR, a part of payment ${paymentId} (49.00 EUR), to Visa card ending in 4242.`,
      call: `Stripe: POST /v1/refunds {"charge":"${paymentId}","amount":1250,"reason":"Parcel was lost"}`,
    });
    const first = await refund.run(run);
    expect(first).toMatchObject({ status: 'succeeded' });
    expect(JSON.stringify(first)).toContain('12.50 EUR');
    const again = await Promise.all([refund.run(run), refund.run(run), refund.readBack(run)]);
    for (const outcome of again) expect(outcome).toEqual(first);
    const { data } = await shopStripe().refunds.list({ charge: paymentId });
    expect(data.map(({ amount }) => amount)).toEqual([1250]);
  });

  // Catches: two askers at once who both looked before the other was done.
  it('is paid once although two ask in the same moment', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const paymentId = await pays('femke.devries@example.com', 4900);
    const run = { input: input(paymentId, '5'), customer: femke, key: 'act-at-once', signal };
    await Promise.allSettled([connect().refund.run(run), connect().refund.run(run)]);
    const { data } = await shopStripe().refunds.list({ charge: paymentId });
    expect(data).toHaveLength(1);
  });

  // Catches: a lost answer that is told as a refusal, after which the rep would pay again.
  it('does not know what became of a refund whose answer is lost, and finds it', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const paymentId = await pays('femke.devries@example.com', 4900);
    const lost = connect({
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        if (init?.method === 'POST') throw new TypeError('fetch failed');
        return answer;
      },
    });
    const run = { input: input(paymentId), customer: femke, key: 'act-lost', signal };
    await expect(lost.refund.run(run)).rejects.toSatisfy(
      (error) => errorCodeOf(error) === 'BUSINESS_UNREACHABLE',
    );
    expect(await connect().refund.readBack(run)).toMatchObject({ status: 'succeeded' });
  });

  // Catches: an over-refund that only Stripe would stop, or that is told as done.
  it('refuses more than is left, before Stripe is asked', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const paymentId = await pays('femke.devries@example.com', 4900);
    const { refund } = connect();
    await refund.run({ input: input(paymentId, '40'), customer: femke, key: 'act-most', signal });
    const more = { input: input(paymentId, '10'), customer: femke, signal };
    const detail = `Only 9.00 EUR of payment ${paymentId} is left to refund.`;
    expect(await refund.preview(more)).toEqual({ status: 'refused', detail });
    expect(await refund.run({ ...more, key: 'act-more' })).toEqual({ status: 'refused', detail });
    const rest = { ...more, input: input(paymentId), key: 'act-rest' };
    expect(JSON.stringify(await refund.run(rest))).toContain('9.00 EUR');
    const over = { ...more, input: input(paymentId), key: 'act-over' };
    expect(await refund.run(over)).toMatchObject({ status: 'refused' });
    expect(await refund.run(rest)).toMatchObject({ status: 'succeeded' });
  });

  // Catches: a race with the shop's own back office, where Stripe's no would count as an unclear end.
  it('tells Stripe’s own no in its words', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const paymentId = await pays('femke.devries@example.com', 4900);
    const { refund } = connect({
      fetch: async (url, init) => {
        if (init?.method === 'POST') await shopStripe().refunds.create({ charge: paymentId });
        return fetch(url, init);
      },
    });
    const run = { input: input(paymentId), customer: femke, key: 'act-race', signal };
    expect(await refund.run(run)).toEqual({
      status: 'refused',
      detail: `Charge ${paymentId} has already been refunded.`,
    });
    expect(await refund.readBack(run)).toBeNull();
  });

  // Catches: a declined payment that is shown as paid, or offered for a refund.
  it('has nothing to refund where the card was declined', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const customer = { name: 'Noor', email: 'noor.declined@example.com' };
    await shopStripe().customers.create({ email: customer.email, source: 'tok_chargeCustomerFail' });
    const known = await shopStripe().customers.list({ email: customer.email });
    const id = known.data[0]?.id ?? '';
    await expect(
      shopStripe().charges.create({ amount: 900, currency: 'eur', customer: id }),
    ).rejects.toMatchObject({ code: 'card_declined' });
    const outcome = await connect().payment.run({ input: { email: customer.email }, customer, signal });
    expect(JSON.stringify(outcome)).not.toMatch(/"payment\.id"|"paid"/u);
  });

  it('counts yen in whole yen', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const paymentId = await pays('femke.devries@example.com', 500, 'jpy');
    const { refund } = connect();
    const ask = (amount: string) =>
      refund.preview({ input: input(paymentId, amount), customer: femke, signal });
    expect(await ask('200')).toMatchObject({ amount: { amount: 200, currency: 'JPY' } });
    expect(await ask('0.50')).toEqual({ status: 'refused', detail: 'There is no such amount in JPY.' });
  });

  it('does not find what is not there', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const run = { input: input('ch_0000000000'), customer: femke, key: 'act-none', signal };
    expect(await connect().refund.preview(run)).toMatchObject({ status: 'refused' });
    expect(await connect().refund.readBack(run)).toBeNull();
    const nobody = { name: 'Nobody', email: 'nobody@example.com' };
    const outcome = await connect().payment.run({ input: { email: nobody.email }, customer: nobody, signal });
    expect(outcome.status).toBe('not_found');
  });

  // Catches: a key, or what this computer is, in what is told or sent.
  it('says a wrong key without naming it, and nothing of this computer', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const { connected } = connect({ key: 'pk_live_of_nobody' });
    const error: unknown = await connected.check(signal).catch((thrown: unknown) => thrown);
    expect(errorCodeOf(error)).toBe('BUSINESS_REFUSED');
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('of_nobody');
    expect(headersSeen).not.toContain('x-stripe-client-user-agent');
    expect(headersSeen).not.toContain('x-stripe-client-telemetry');
  });

  it('is tested with the key, which it judges', async (test) => {
    if (typeof peer === 'string') return test.skip(peer);
    const { notes } = await connect().connected.check(signal);
    expect(notes.join(' ')).toMatch(/customers and payments can be read.*test data.*restricted key/u);
  });

  // Catches: a Stripe that is away and holds the card for longer than its time limit.
  it('does not answer when nobody is there', async () => {
    const { payment } = connect({ url: 'http://127.0.0.1:1' });
    const asked = payment.run({ input: { email: femke.email }, customer: femke, signal });
    await expect(asked).rejects.toSatisfy((error) => errorCodeOf(error) === 'BUSINESS_UNREACHABLE');
  });
});

import { afterAll, describe, expect, it } from 'vitest';

import { errorCodeOf } from '../../../shared/errors/app-error.js';
import { createPrintable } from '../../agents/tools/printable.js';
import { startPeer } from '../../helpdesk/connectors/peer-for-tests.js';
import { fetchAnswered, PrismReady } from '../../helpdesk/connectors/prism-for-tests.js';
import { createLookUpSubscription } from './look-up-subscription.js';
import { customersOf, findPayment, paymentsOf, refundsOf } from './own-payments.js';
import { createRefundPayment } from './refund-payment.js';
import { createStripeApi } from './stripe-api.js';

const peer = await startPeer('prism-stripe', PrismReady);
const { signal } = new AbortController();
const now = (): Date => new Date('2026-11-27T12:00:00Z');
const print = createPrintable({ currency: 'EUR', timezone: 'Europe/Amsterdam', now });

describe.skipIf(typeof peer === 'string')('Stripe, as its API description has it', () => {
  if (typeof peer === 'string') return;
  const { url } = peer.ready;
  afterAll(() => peer.end());

  const connect = (send: typeof fetch = fetch) =>
    createStripeApi({ baseUrl: url, key: () => 'rk_test_any', fetch: send, timeoutMs: 20_000 });

  /** An answer of the description where Prism's own would not do (its lists may be empty). */
  const withAnswer =
    (path: string, value: object): typeof fetch =>
    async (asked, init) => {
      const response = await fetch(asked, init);
      const isIt = new URL(asked instanceof Request ? asked.url : asked).pathname === path;
      // What was asked must still be what the description allows.
      return isIt && response.ok ? Response.json(value) : response;
    };

  // Catches: a question or an argument that Stripe's description does not have.
  it('asks every question in the described form, and reads the described answers', async () => {
    const api = connect();
    expect(await customersOf(api, 'femke@example.com', signal)).toEqual([]);
    expect(await paymentsOf(api, [{ id: 'cus_1' }], signal)).toBeInstanceOf(Array);
    expect(await findPayment(api, 'ch_1', signal)).toMatchObject({ currency: expect.any(String) as string });
    expect(await findPayment(api, 'pi_1', signal)).toMatchObject({ id: expect.any(String) as string });
    const [refund] = await refundsOf(connect(withAnswer('/v1/refunds', page([REFUND]))), 'ch_1', signal);
    expect(refund).toMatchObject({ id: 're_1', amount: 1250, currency: 'EUR' });
  });

  it('asks for a refund in the described form', async () => {
    const charge = { ...CHARGE, customer: 'cus_1' };
    const answers = new Map<string, object>([
      ['/v1/charges/ch_1', charge],
      ['/v1/customers/cus_1', { id: 'cus_1', object: 'customer', email: 'femke@example.com' }],
      ['GET /v1/refunds', page([])],
      ['POST /v1/refunds', REFUND],
    ]);
    let body = '';
    const send: typeof fetch = async (asked, init) => {
      const response = await fetch(asked, init);
      const { pathname } = new URL(asked instanceof Request ? asked.url : asked);
      const method = init?.method ?? 'GET';
      if (method === 'POST') body = typeof init?.body === 'string' ? init.body : '';
      const value = answers.get(pathname) ?? answers.get(`${method} ${pathname}`);
      return value && response.ok ? Response.json(value) : response;
    };
    const tool = createRefundPayment(connect(send), print);
    const outcome = await tool.run({
      input: { paymentId: 'ch_1', amount: '12.50', reason: 'Parcel was lost' },
      customer: { name: 'Femke', email: 'femke@example.com' },
      ...{ key: 'act-1', signal },
    });
    expect(outcome).toMatchObject({ status: 'succeeded', proof: 're_1' });
    expect(new URLSearchParams(body).get('metadata[cuecard_action]')).toBe('act-1');
  });

  it('reads a subscription with its plan', async () => {
    const product = withAnswer('/v1/products/prod_1', {
      id: 'prod_1',
      object: 'product',
      name: 'Coffee box',
    });
    const answers: Readonly<Record<string, object>> = {
      '/v1/customers': page([{ id: 'cus_1', email: 'femke@example.com' }]),
      '/v1/subscriptions': page([SUBSCRIPTION]),
    };
    const send: typeof fetch = async (asked, init) => {
      const response = await product(asked, init);
      const value = answers[new URL(asked instanceof Request ? asked.url : asked).pathname];
      return value && response.ok ? Response.json(value) : response;
    };
    const outcome = await createLookUpSubscription(connect(send), print).run({
      input: { email: 'femke@example.com' },
      customer: { name: 'Femke', email: 'femke@example.com' },
      signal,
    });
    expect(outcome).toEqual({
      status: 'succeeded',
      facts: [
        { key: 'subscription.number', label: 'Subscription number', value: 'sub_1' },
        { key: 'subscription.status', label: 'Subscription status', value: 'payment failed' },
        { key: 'subscription.plan', label: 'Subscription', value: 'Coffee box' },
        { key: 'subscription.price', label: 'Price', value: '24.50 EUR' },
        { key: 'subscription.interval', label: 'Billed', value: 'every 2 months' },
        { key: 'subscription.nextBillingOn', label: 'Next billing', value: '15 December 2026' },
      ],
    });
  });

  // Catches: a form that a mock takes although Stripe would not, so that the tests above would say nothing.
  it('is checked: what the description does not allow is refused', async () => {
    const ask = (form: string) =>
      fetch(`${url}/v1/refunds`, {
        method: 'POST',
        headers: { authorization: 'Bearer any', 'content-type': 'application/x-www-form-urlencoded' },
        body: form,
      });
    expect((await ask('charge=ch_1&amount=1250')).status).toBe(200);
    expect((await ask('charge=ch_1&amount=much')).status).toBe(422);
    expect((await ask('charge=ch_1&reason=because')).status).toBe(422);
  });

  it.each([
    [401, 'BUSINESS_REFUSED'],
    [403, 'BUSINESS_REFUSED'],
    [429, 'BUSINESS_UNREACHABLE'],
    [500, 'BUSINESS_UNREACHABLE'],
  ])('understands the answer %s', async (status, code) => {
    const error = { type: status === 500 ? 'api_error' : 'invalid_request_error', message: 'No.' };
    const send: typeof fetch = () => Promise.resolve(Response.json({ error }, { status }));
    await expect(findPayment(connect(send), 'ch_1', signal)).rejects.toSatisfy(
      (thrown) => errorCodeOf(thrown) === code,
    );
  });

  it('does not take the description’s own error for an answer', async () => {
    const asked = refundsOf(connect(fetchAnswered(500)), 'ch_1', signal);
    await expect(asked).rejects.toBeInstanceOf(Error);
  });
});

const page = (data: readonly object[]) => ({ object: 'list', data, has_more: false, url: '/v1/any' });
const CHARGE = {
  ...{ id: 'ch_1', object: 'charge', amount: 4900, amount_captured: 4900, amount_refunded: 0 },
  ...{ captured: true, created: 1795600000, currency: 'eur', status: 'succeeded' },
  payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
};
const REFUND = {
  ...{
    id: 're_1',
    object: 'refund',
    amount: 1250,
    created: 1795700000,
    currency: 'eur',
    status: 'succeeded',
  },
  metadata: { cuecard_action: 'act-0' },
};
const SUBSCRIPTION = {
  ...{ id: 'sub_1', object: 'subscription', status: 'past_due', created: 1795000000 },
  items: {
    data: [
      {
        current_period_end: Date.parse('2026-12-15T10:00:00Z') / 1000,
        price: {
          ...{ currency: 'eur', product: 'prod_1', unit_amount: 2450 },
          recurring: { interval: 'month', interval_count: 2 },
        },
      },
    ],
  },
};

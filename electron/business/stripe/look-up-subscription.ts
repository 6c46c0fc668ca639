import { z } from 'zod';

import type { Fact } from '../../../shared/domain/tool-call.js';
import type { Printable } from '../../agents/tools/printable.js';
import type { ToolDefinition } from '../../agents/tools/tool.js';
import { customersOf, isSameAddress } from './own-payments.js';
import type { StripeApi } from './stripe-api.js';
import { currencyOf, printMinor } from './stripe-money.js';
import { listOf } from './stripe-payment.js';

const Input = z.object({ email: z.email() });
const Time = z.number().transform((seconds) => new Date(seconds * 1000));

const Price = z.object({
  currency: z.string().transform(currencyOf),
  nickname: z.string().nullish(),
  product: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]),
  recurring: z.object({ interval: z.string(), interval_count: z.number() }).nullish(),
  unit_amount: z.number().nullish(),
});
const Subscription = z.object({
  id: z.string(),
  status: z.string(),
  created: Time,
  cancel_at: Time.nullish(),
  items: z.object({ data: z.array(z.object({ current_period_end: Time.optional(), price: Price })) }),
});
type Subscription = z.infer<typeof Subscription>;
const Product = z.object({ name: z.string() });
const OVER = new Set(['canceled', 'incomplete_expired']);

/** The subscription of the customer of the conversation. Reads only, and asks for nobody else. */
export function createLookUpSubscription(api: StripeApi, print: Printable): ToolDefinition<typeof Input> {
  async function planOf({ items }: Subscription, signal: AbortSignal): Promise<string | null> {
    const price = items.data[0]?.price;
    if (!price) return null;
    const product = await api.ask((stripe) => stripe.products.retrieve(price.product), Product, signal);
    return product.name;
  }

  return {
    name: 'stripe_look_up_subscription',
    title: 'Look up subscription',
    description: 'Plan, price, state and next billing day of the subscription of this customer.',
    risk: 'read',
    input: Input,
    argumentsFrom: { email: 'customer_email' },
    async run({ input, customer, signal }) {
      if (!isSameAddress(input.email, customer.email))
        return {
          status: 'refused',
          detail: 'This address is not the one of the customer of this conversation.',
        };
      const customers = await customersOf(api, input.email, signal);
      const pages = await Promise.all(
        customers.map(({ id }) =>
          api.ask(
            (stripe) => stripe.subscriptions.list({ customer: id, status: 'all', limit: 10 }),
            listOf(Subscription),
            signal,
          ),
        ),
      );
      const all = pages.flatMap(({ data }) => data).sort((a, b) => b.created.getTime() - a.created.getTime());
      const current = all.find(({ status }) => !OVER.has(status)) ?? all[0];
      if (!current)
        return {
          status: 'not_found',
          detail: 'Stripe has no subscription of the address of this conversation.',
        };
      return { status: 'succeeded', facts: subscriptionFacts(current, await planOf(current, signal), print) };
    },
  };
}

function subscriptionFacts(subscription: Subscription, plan: string | null, print: Printable): Fact[] {
  const { id, status, cancel_at, items } = subscription;
  const item = items.data[0];
  const price = item?.price;
  const { interval, interval_count: count } = price?.recurring ?? {};
  const isOver = OVER.has(status);
  const every = count === 1 ? `every ${interval ?? ''}` : `every ${String(count)} ${interval ?? ''}s`;
  return [
    // Not `subscription.id`: that is what the shop's own tools change.
    { key: 'subscription.number', label: 'Subscription number', value: id },
    { key: 'subscription.status', label: 'Subscription status', value: words(status) },
    ...(plan === null ? [] : [{ key: 'subscription.plan', label: 'Subscription', value: plan }]),
    ...(typeof price?.unit_amount === 'number'
      ? [
          {
            key: 'subscription.price',
            label: 'Price',
            value: printMinor(price.unit_amount, price.currency),
          },
        ]
      : []),
    ...(interval === undefined ? [] : [{ key: 'subscription.interval', label: 'Billed', value: every }]),
    ...(cancel_at
      ? [{ key: 'subscription.endsOn', label: 'Ends on', value: print.day(cancel_at) }]
      : item?.current_period_end && !isOver
        ? [
            {
              key: 'subscription.nextBillingOn',
              label: 'Next billing',
              value: print.day(item.current_period_end),
            },
          ]
        : []),
  ];
}

/** Stripe's states as people say them. */
const words = (status: string): string =>
  status === 'past_due' || status === 'unpaid'
    ? 'payment failed'
    : status === 'canceled'
      ? 'cancelled'
      : status.replaceAll('_', ' ');

import { z } from 'zod';

import type { BusinessSystem } from '../../../shared/domain/business-system.js';
import { errorCodeOf } from '../../../shared/errors/app-error.js';
import { createPrintable } from '../../agents/tools/printable.js';
import type { ConnectedSystem, ToolContext } from '../connected-system.js';
import { forChanges, type ChangingHttp } from '../http/ask-json.js';
import { createLookUpPayment } from './look-up-payment.js';
import { createLookUpSubscription } from './look-up-subscription.js';
import { createRefundPayment } from './refund-payment.js';
import { createStripeApi, type StripeApi } from './stripe-api.js';

const printOf = ({ profile, now }: ToolContext) =>
  createPrintable({ currency: profile.currency, timezone: profile.timezone, now });

/** A Stripe account: payments and subscriptions of the customer, and refunds. */
export function connectStripe(
  { baseUrl }: BusinessSystem,
  key: () => string,
  http: ChangingHttp,
): ConnectedSystem {
  const api = createStripeApi({ ...http, baseUrl, key });
  const changing = createStripeApi({ ...forChanges(http), baseUrl, key });
  return {
    shop: null,
    tools: (context) => [
      createLookUpPayment(api, printOf(context)),
      createLookUpSubscription(api, printOf(context)),
    ],
    writeTools: (context) => [createRefundPayment(changing, printOf(context))],
    check: (signal) => check(api, key, signal),
    close: () => Promise.resolve(),
  };
}

const Page = z.object({ data: z.array(z.unknown()) });

/** What the tools read; the first two are what nothing works without. */
async function check(api: StripeApi, key: () => string, signal: AbortSignal) {
  await api.ask((stripe) => stripe.customers.list({ limit: 1 }), Page, signal);
  await api.ask((stripe) => stripe.charges.list({ limit: 1 }), Page, signal);
  const notes = ['The key works: customers and payments can be read.'];
  if (/^[a-z]+_test_/u.test(key()))
    notes.push('This is a key for test data: real payments are not seen, and no real money moves.');
  if (key().startsWith('sk_'))
    notes.push(
      'This key may do everything in the account. Make a restricted key (rk_…) for Cuecard instead.',
    );
  try {
    await api.ask((stripe) => stripe.subscriptions.list({ limit: 1 }), Page, signal);
  } catch (error) {
    if (errorCodeOf(error) !== 'BUSINESS_REFUSED') throw error;
    notes.push('The permission Subscriptions (read) is missing: subscriptions cannot be looked up.');
  }
  return { notes };
}

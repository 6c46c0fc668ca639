import { z } from 'zod';

import { StripeRefusal, type StripeApi } from './stripe-api.js';
import { listOf, StripeCustomer, StripePayment, StripeRefund } from './stripe-payment.js';

/** People pay as a few customers at most: one for each shop or each guest purchase. */
const MAX_CUSTOMERS = 10;

export const isSameAddress = (a: string | null | undefined, b: string | null): boolean =>
  typeof a === 'string' && b !== null && a.trim().toLowerCase() === b.trim().toLowerCase();

/** Stripe's customers with this address. Stripe compares letter case, so the address is asked for as written and in small letters. */
export async function customersOf(
  api: StripeApi,
  email: string,
  signal: AbortSignal,
): Promise<readonly StripeCustomer[]> {
  const written = [...new Set([email.trim(), email.trim().toLowerCase()])];
  const pages = await Promise.all(
    written.map((one) =>
      api.ask(
        (stripe) => stripe.customers.list({ email: one, limit: MAX_CUSTOMERS }),
        listOf(StripeCustomer),
        signal,
      ),
    ),
  );
  const found = new Map(pages.flatMap(({ data }) => data).map((customer) => [customer.id, customer]));
  return [...found.values()].filter((customer) => isSameAddress(customer.email, email));
}

/** The newest payments of these customers, newest first. */
export async function paymentsOf(
  api: StripeApi,
  customers: readonly StripeCustomer[],
  signal: AbortSignal,
): Promise<readonly StripePayment[]> {
  const pages = await Promise.all(
    customers.map(({ id }) =>
      api.ask((stripe) => stripe.charges.list({ customer: id, limit: 10 }), listOf(StripePayment), signal),
    ),
  );
  return pages.flatMap(({ data }) => data).sort((a, b) => b.created.getTime() - a.created.getTime());
}

/** A payment by its number (`ch_…`, `py_…`) or that of its intent (`pi_…`); null when there is none. */
export async function findPayment(
  api: StripeApi,
  paymentId: string,
  signal: AbortSignal,
): Promise<StripePayment | null> {
  try {
    const chargeId = paymentId.startsWith('pi_') ? await chargeOf(api, paymentId, signal) : paymentId;
    if (chargeId === null) return null;
    return await api.ask((stripe) => stripe.charges.retrieve(chargeId), StripePayment, signal);
  } catch (error) {
    if (error instanceof StripeRefusal && error.code === 'resource_missing') return null;
    throw error;
  }
}

const Intent = z.object({
  latest_charge: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]).nullish(),
});

async function chargeOf(api: StripeApi, intentId: string, signal: AbortSignal): Promise<string | null> {
  const intent = await api.ask((stripe) => stripe.paymentIntents.retrieve(intentId), Intent, signal);
  return intent.latest_charge ?? null;
}

/**
 * Whether a payment is that of the person with this address: by the customer it was made as; only where that has no address, by the one the
 * receipt went to, and else by the one it was billed to.
 */
export async function isPaidBy(
  api: StripeApi,
  payment: StripePayment,
  email: string | null,
  signal: AbortSignal,
): Promise<boolean> {
  const { customer: id, receipt_email, billing_details } = payment;
  const customer =
    id === null ? null : await api.ask((stripe) => stripe.customers.retrieve(id), StripeCustomer, signal);
  return isSameAddress(customer?.email ?? receipt_email ?? billing_details?.email, email);
}

/** All refunds of a payment, newest first. */
export async function refundsOf(
  api: StripeApi,
  chargeId: string,
  signal: AbortSignal,
): Promise<readonly StripeRefund[]> {
  const all: StripeRefund[] = [];
  for (;;) {
    const after = all.at(-1)?.id;
    const page = await api.ask(
      (stripe) =>
        stripe.refunds.list({ charge: chargeId, limit: 100, ...(after ? { starting_after: after } : {}) }),
      listOf(StripeRefund),
      signal,
    );
    all.push(...page.data);
    if (!page.has_more || page.data.length === 0) return all;
  }
}

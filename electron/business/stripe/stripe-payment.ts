import { z } from 'zod';

import { methodName } from '../method-name.js';
import { currencyOf } from './stripe-money.js';

const Time = z.number().transform((seconds) => new Date(seconds * 1000));
const Currency = z.string().transform(currencyOf);
const Reference = z
  .union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])
  .nullish()
  .transform((id) => id ?? null);

/** A charge of Stripe: one attempt to take money. Amounts in the smallest unit of the currency. */
export const StripePayment = z.object({
  id: z.string(),
  amount: z.number(),
  amount_captured: z.number().optional(),
  amount_refunded: z.number(),
  captured: z.boolean(),
  created: Time,
  currency: Currency,
  customer: Reference,
  disputed: z.boolean().nullish(),
  status: z.string(),
  receipt_email: z.string().nullish(),
  billing_details: z.object({ email: z.string().nullish() }).nullish(),
  payment_method_details: z
    .object({
      type: z.string(),
      card: z.object({ brand: z.string().nullish(), last4: z.string().nullish() }).nullish(),
    })
    .nullish(),
});
export type StripePayment = z.infer<typeof StripePayment>;

export const StripeRefund = z.object({
  id: z.string(),
  amount: z.number(),
  created: Time,
  currency: Currency,
  metadata: z.record(z.string(), z.string()).nullish(),
  status: z.string().nullable(),
  failure_reason: z.string().nullish(),
});
export type StripeRefund = z.infer<typeof StripeRefund>;

export const StripeCustomer = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  email: z.string().nullish(),
});
export type StripeCustomer = z.infer<typeof StripeCustomer>;

/** One page of a list. */
export const listOf = <T>(schema: z.ZodType<T>) =>
  z.object({ data: z.array(schema), has_more: z.boolean().default(false) });

/** What was really taken and not paid back yet. */
export const leftOf = ({
  status,
  captured,
  amount,
  amount_captured,
  amount_refunded,
}: StripePayment): number =>
  status === 'succeeded' && captured ? (amount_captured ?? amount) - amount_refunded : 0;

/** Where a payment stands, ready to print. */
export function paymentState(payment: StripePayment): string {
  const { status, captured, disputed, amount_refunded } = payment;
  if (status !== 'succeeded') return status;
  if (!captured) return 'authorised, not charged yet';
  if (disputed === true) return 'disputed';
  if (amount_refunded === 0) return 'paid';
  return leftOf(payment) === 0 ? 'refunded' : 'partly refunded';
}

/** `Visa card ending in 4242`, `iDEAL`. */
export function paymentMethod({ payment_method_details: details }: StripePayment): string {
  const { brand, last4 } = details?.card ?? {};
  const name = methodName(brand ?? details?.type ?? 'unknown');
  return last4 ? `${name} ending in ${last4}` : name;
}

/** Where a refund stands, in the words replies use. */
export const refundState = ({ status }: StripeRefund): string =>
  status === 'succeeded' ? 'sent' : (status ?? 'pending');

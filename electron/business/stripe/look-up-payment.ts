import { z } from 'zod';

import type { Fact } from '../../../shared/domain/tool-call.js';
import type { Printable } from '../../agents/tools/printable.js';
import type { ToolDefinition } from '../../agents/tools/tool.js';
import { customersOf, isSameAddress, paymentsOf, refundsOf } from './own-payments.js';
import type { StripeApi } from './stripe-api.js';
import { printMinor } from './stripe-money.js';
import {
  leftOf,
  paymentMethod,
  paymentState,
  refundState,
  type StripePayment,
  type StripeRefund,
} from './stripe-payment.js';

const Input = z.object({ email: z.email() });
const EARLIER = 2;

/** The newest payments of the customer of the conversation. Reads only, and asks for nobody else. */
export function createLookUpPayment(api: StripeApi, print: Printable): ToolDefinition<typeof Input> {
  return {
    name: 'stripe_look_up_payment',
    title: 'Look up payment',
    description: 'State, amount, day, card and refunds of the newest payments of this customer.',
    risk: 'read',
    input: Input,
    argumentsFrom: { email: 'customer_email' },
    async run({ input, customer, signal }) {
      if (!isSameAddress(input.email, customer.email))
        return {
          status: 'refused',
          detail: 'This address is not the one of the customer of this conversation.',
        };
      const payments = await paymentsOf(api, await customersOf(api, input.email, signal), signal);
      const [newest] = payments;
      if (!newest)
        return { status: 'not_found', detail: 'Stripe has no payment of the address of this conversation.' };
      const refunds = newest.amount_refunded === 0 ? [] : await refundsOf(api, newest.id, signal);
      return { status: 'succeeded', facts: paymentFacts(payments, newest, refunds, print) };
    },
  };
}

function paymentFacts(
  payments: readonly StripePayment[],
  newest: StripePayment,
  [refund]: readonly StripeRefund[],
  print: Printable,
): Fact[] {
  const refundable = payments.filter((payment) => leftOf(payment) > 0);
  // Only where no other payment could be meant, a refund may be proposed for it (`payment_id` of what fills arguments).
  const isTheOne = refundable.length === 1 && refundable[0] === newest;
  return [
    { key: isTheOne ? 'payment.id' : 'payment.number', label: 'Payment number', value: newest.id },
    { key: 'payment.status', label: 'Payment', value: paymentState(newest) },
    { key: 'payment.amount', label: 'Amount', value: printMinor(newest.amount, newest.currency) },
    { key: 'payment.method', label: 'Paid with', value: paymentMethod(newest) },
    { key: 'payment.date', label: 'Paid on', value: print.day(newest.created) },
    ...(refund ? refundFacts(newest, refund, print) : []),
    ...payments.slice(1, EARLIER + 1).map((payment, index) => ({
      key: `payment.earlier${String(index + 1)}`,
      label: 'Earlier payment',
      value: `${printMinor(payment.amount, payment.currency)} on ${print.day(payment.created)}, ${paymentMethod(payment)}, ${paymentState(payment)}`,
    })),
  ];
}

function refundFacts(payment: StripePayment, refund: StripeRefund, print: Printable): Fact[] {
  const state = refundState(refund);
  return [
    { key: 'refund.status', label: 'Refund', value: state },
    {
      key: 'refund.amount',
      label: 'Refunded so far',
      value: printMinor(payment.amount_refunded, payment.currency),
    },
    { key: 'refund.method', label: 'Refund to', value: paymentMethod(payment) },
    state === 'sent'
      ? { key: 'refund.sentOn', label: 'Refund sent on', value: print.day(refund.created) }
      : { key: 'refund.startedOn', label: 'Refund started on', value: print.day(refund.created) },
  ];
}

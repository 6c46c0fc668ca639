import { z } from 'zod';

import type { Printable } from '../../agents/tools/printable.js';
import type { ActionOutcome, ActionRun, WriteTool } from '../../agents/tools/write-tool.js';
import { findPayment, isPaidBy, refundsOf } from './own-payments.js';
import { StripeRefusal, type StripeApi } from './stripe-api.js';
import { printMinor, toMajor, toMinor } from './stripe-money.js';
import {
  leftOf,
  paymentMethod,
  paymentState,
  refundState,
  StripeRefund,
  type StripePayment,
} from './stripe-payment.js';

const Input = z.object({
  paymentId: z
    .string()
    .trim()
    .regex(/^(?:ch|py|pi)_[A-Za-z0-9_]{1,250}$/u, 'write it like ch_… or pi_…'),
  /** Empty refunds all that is left. */
  amount: z
    .string()
    .trim()
    .regex(/^(?:\d{1,9}(?:[.,]\d{1,3})?)?$/u, 'write it like 12.50, or leave it empty for all that is left'),
  reason: z.string().trim().min(1, 'is missing').max(200),
});
type Input = z.output<typeof Input>;
type Run = Omit<ActionRun<Input>, 'key'>;

/** A bank may take long, yet not longer than a rep waits. */
const TIME_LIMIT_MS = 20_000;
/** Where the key of a change lies with the refund, so that it is found again. */
const KEY = 'cuecard_action';
const TURNED_DOWN = new Set(['failed', 'canceled']);

/** Pays a payment of the customer of the conversation back, in part or all that is left; once for each key. */
export function createRefundPayment(api: StripeApi, print: Printable): WriteTool<typeof Input> {
  async function owned({ input, customer, signal }: Run) {
    const payment = await findPayment(api, input.paymentId, signal);
    if (!payment) return { refused: `There is no payment ${input.paymentId}.` } as const;
    if (!(await isPaidBy(api, payment, customer.email, signal)))
      return {
        refused: `Payment ${input.paymentId} does not belong to the customer of this conversation.`,
      } as const;
    return { payment };
  }

  async function doneBefore(
    payment: StripePayment,
    key: string,
    signal: AbortSignal,
  ): Promise<ActionOutcome | null> {
    const refunds = await refundsOf(api, payment.id, signal);
    const refund = refunds.find(({ metadata }) => metadata?.[KEY] === key);
    return refund ? ended(payment, refund, print) : null;
  }

  return {
    name: 'stripe_refund_payment',
    title: 'Refund payment',
    description: 'Pays back a part or all of one payment of this customer.',
    risk: 'write',
    input: Input,
    fields: [
      { key: 'paymentId', label: 'Payment', kind: 'text', isEditable: false },
      { key: 'amount', label: 'Amount', kind: 'money', isEditable: true },
      { key: 'reason', label: 'Reason', kind: 'text', isEditable: true },
    ],
    argumentsFrom: { paymentId: 'payment_id', amount: 'amount', reason: 'intent_name' },
    timeLimitMs: TIME_LIMIT_MS,
    async preview(run) {
      const found = await owned(run);
      if ('refused' in found) return { status: 'refused', detail: found.refused };
      const { payment } = found;
      const plan = planned(run.input, payment);
      if ('refused' in plan) return { status: 'refused', detail: plan.refused };
      const { currency } = payment;
      const part = plan.minor === leftOf(payment) ? 'all that is left of' : 'a part of';
      const money = (minor: number): string => printMinor(minor, currency);
      return {
        status: 'ready',
        effect: `Refund ${money(plan.minor)}, ${part} payment ${payment.id} (${money(payment.amount)}), to ${paymentMethod(payment)}.`,
        call: `Stripe: POST /v1/refunds ${JSON.stringify({ charge: payment.id, amount: plan.minor, reason: run.input.reason })}`,
        amount: { amount: toMajor(plan.minor, currency), currency },
        facts: [
          { key: 'payment.id', label: 'Payment', value: payment.id },
          { key: 'payment.status', label: 'Payment status', value: paymentState(payment) },
          { key: 'payment.amount', label: 'Amount', value: money(payment.amount) },
          {
            key: 'payment.daysSincePayment',
            label: 'Since payment',
            value: `${String(print.daysSince(payment.created))} days`,
          },
          ...(payment.amount_refunded > 0
            ? [{ key: 'refund.amount', label: 'Refunded so far', value: money(payment.amount_refunded) }]
            : []),
        ],
      };
    },
    async run(run) {
      const found = await owned(run);
      if ('refused' in found) return { status: 'refused', detail: found.refused };
      const { payment } = found;
      // Before the plan: what was done leaves less to plan with.
      const before = await doneBefore(payment, run.key, run.signal);
      if (before) return before;
      const plan = planned(run.input, payment);
      if ('refused' in plan) return { status: 'refused', detail: plan.refused };
      const metadata = { [KEY]: run.key, cuecard_reason: run.input.reason };
      try {
        const refund = await api.ask(
          (stripe) =>
            stripe.refunds.create(
              { charge: payment.id, amount: plan.minor, reason: 'requested_by_customer', metadata },
              { idempotencyKey: run.key },
            ),
          StripeRefund,
          run.signal,
        );
        return ended(payment, refund, print);
      } catch (error) {
        if (error instanceof StripeRefusal) return { status: 'refused', detail: error.message };
        throw error;
      }
    },
    async readBack({ input, key, signal }) {
      const payment = await findPayment(api, input.paymentId, signal);
      return payment && doneBefore(payment, key, signal);
    },
  };
}

/** What is asked for, in Stripe's own units, or why it makes no sense. */
function planned(
  { amount: written }: Input,
  payment: StripePayment,
): { readonly minor: number } | { readonly refused: string } {
  const { id, currency } = payment;
  const left = leftOf(payment);
  if (left <= 0)
    return { refused: `Nothing of payment ${id} is left to refund: it is ${paymentState(payment)}.` };
  const minor = written === '' ? left : toMinor(Number(written.replace(',', '.')), currency);
  if (minor === null) return { refused: `There is no such amount in ${currency}.` };
  if (minor <= 0) return { refused: 'The amount must be more than nothing.' };
  if (minor > left)
    return { refused: `Only ${printMinor(left, currency)} of payment ${id} is left to refund.` };
  return { minor };
}

function ended(payment: StripePayment, refund: StripeRefund, print: Printable): ActionOutcome {
  if (TURNED_DOWN.has(refund.status ?? '')) {
    const why = refund.failure_reason?.replaceAll('_', ' ') ?? 'no reason given';
    return { status: 'refused', detail: `Stripe could not pay it back (${refund.id}): ${why}.` };
  }
  const state = refundState(refund);
  return {
    status: 'succeeded',
    proof: refund.id,
    facts: [
      { key: 'payment.id', label: 'Payment', value: payment.id },
      { key: 'refund.status', label: 'Refund', value: state },
      { key: 'refund.amount', label: 'Refund amount', value: printMinor(refund.amount, refund.currency) },
      { key: 'refund.method', label: 'Refund to', value: paymentMethod(payment) },
      state === 'sent'
        ? { key: 'refund.sentOn', label: 'Refund sent on', value: print.day(refund.created) }
        : { key: 'refund.startedOn', label: 'Refund started on', value: print.day(refund.created) },
      { key: 'refund.reference', label: 'Refund number', value: refund.id },
    ],
  };
}

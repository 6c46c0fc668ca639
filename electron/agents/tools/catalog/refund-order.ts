import { z } from 'zod';

import type { WriteTool } from '../write-tool.js';
import { createChangeTool, type ChangeDeps } from './change-tool.js';

const Input = z.object({
  orderId: z.string().min(1, 'is missing').max(64),
  /** Empty refunds all that is left. */
  amount: z
    .string()
    .trim()
    .regex(/^(?:\d{1,7}(?:[.,]\d{1,2})?)?$/u, 'write it like 12.50, or leave it empty for all that is left'),
  reason: z.string().trim().min(1, 'is missing').max(200),
});

const cents = (amount: number): number => Math.round(amount * 100);

/** Pays money of an order back to what it was paid with: a part, or all that is left. */
export function createRefundOrder(deps: ChangeDeps): WriteTool<typeof Input> {
  return createChangeTool<typeof Input>(
    {
      name: 'refund_order',
      title: 'Refund',
      description: 'Pays back a part or all of one order of this customer.',
      input: Input,
      fields: [
        { key: 'orderId', label: 'Order', kind: 'text', isEditable: false },
        { key: 'amount', label: 'Amount', kind: 'money', isEditable: true },
        { key: 'reason', label: 'Reason', kind: 'text', isEditable: true },
      ],
      argumentsFrom: { orderId: 'order_id', amount: 'amount', reason: 'intent_name' },
      plan({ orderId, amount: written, reason }, { total, refund, paymentMethod }, { print, currency }) {
        const left = (cents(total) - cents(refund?.amount ?? 0)) / 100;
        const amount = written === '' ? left : Number(written.replace(',', '.'));
        if (left <= 0) return { refused: `All of order ${orderId} was refunded already.` };
        if (amount <= 0) return { refused: 'The amount must be more than nothing.' };
        if (cents(amount) > cents(left))
          return { refused: `Only ${print.money(left)} of order ${orderId} is left to refund.` };
        const part = cents(amount) === cents(left) ? 'all that is left of' : 'a part of';
        return {
          change: { ...{ kind: 'refund', orderId, reason }, amount },
          effect: `Refund ${print.money(amount)}, ${part} order ${orderId} (${print.money(total)}), to ${paymentMethod}.`,
          amount: { amount, currency },
        };
      },
      facts: ({ amount = 0, at, proof, state }, { paymentMethod }, { print }) => [
        { key: 'refund.status', label: 'Refund', value: state },
        { key: 'refund.amount', label: 'Refund amount', value: print.money(amount) },
        { key: 'refund.method', label: 'Refund to', value: paymentMethod },
        state === 'sent'
          ? { key: 'refund.sentOn', label: 'Refund sent on', value: print.day(at) }
          : { key: 'refund.startedOn', label: 'Refund started on', value: print.day(at) },
        { key: 'refund.reference', label: 'Refund number', value: proof },
      ],
    },
    deps,
  );
}

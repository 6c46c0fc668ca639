import { z } from 'zod';

import type { WriteTool } from '../write-tool.js';
import { createChangeTool, type ChangeDeps } from './change-tool.js';

const Input = z.object({
  orderId: z.string().min(1, 'is missing').max(64),
  reason: z.string().trim().min(1, 'is missing').max(200),
});

/** Cancels an order that has not left yet, and pays it back. */
export function createCancelOrder(deps: ChangeDeps): WriteTool<typeof Input> {
  return createChangeTool<typeof Input>(
    {
      name: 'cancel_order',
      title: 'Cancel order',
      description: 'Cancels one order of this customer that was not shipped yet, and refunds it.',
      input: Input,
      fields: [
        { key: 'orderId', label: 'Order', kind: 'text', isEditable: false },
        { key: 'reason', label: 'Reason', kind: 'text', isEditable: true },
      ],
      argumentsFrom: { orderId: 'order_id', reason: 'intent_name' },
      plan({ orderId, reason }, { status, total, refund, paymentMethod }, { print, currency }) {
        const amount = total - (refund?.amount ?? 0);
        // One that was cancelled and not paid back yet is gone on with.
        if (status === 'cancelled' && amount <= 0)
          return { refused: `Order ${orderId} is cancelled already.` };
        if (status !== 'placed' && status !== 'packed' && status !== 'cancelled')
          return {
            refused: `Order ${orderId} is ${status.replaceAll('_', ' ')} and cannot be cancelled any more.`,
          };
        return {
          change: { kind: 'cancel_order', orderId, reason },
          effect: `Cancel order ${orderId} and refund ${print.money(amount)} to ${paymentMethod}.`,
          amount: { amount, currency },
        };
      },
      facts: ({ amount, at, proof }, { paymentMethod }, { print }) => [
        { key: 'order.status', label: 'Status', value: 'cancelled' },
        { key: 'order.cancelledOn', label: 'Cancelled on', value: print.day(at) },
        { key: 'order.cancellationReference', label: 'Cancellation', value: proof },
        ...(amount === undefined
          ? []
          : [
              { key: 'refund.amount', label: 'Refund amount', value: print.money(amount) },
              { key: 'refund.method', label: 'Refund to', value: paymentMethod },
            ]),
      ],
    },
    deps,
  );
}

import { z } from 'zod';

import type { WriteTool } from '../write-tool.js';
import { createChangeTool, type ChangeDeps } from './change-tool.js';

const Input = z.object({
  orderId: z.string().min(1, 'is missing').max(64),
  reason: z.string().trim().min(1, 'is missing').max(200),
});

/** Registers a return of a delivered order and makes its label. */
export function createReturnLabel(deps: ChangeDeps): WriteTool<typeof Input> {
  return createChangeTool<typeof Input>(
    {
      name: 'create_return_label',
      title: 'Return label',
      description: 'Registers a return of one delivered order of this customer and makes the label.',
      input: Input,
      fields: [
        { key: 'orderId', label: 'Order', kind: 'text', isEditable: false },
        { key: 'reason', label: 'Reason', kind: 'text', isEditable: true },
      ],
      argumentsFrom: { orderId: 'order_id', reason: 'intent_name' },
      plan: ({ orderId, reason }, { status, returnId }) =>
        status === 'delivered' || status === 'returned'
          ? {
              change: { kind: 'return_label', orderId, reason },
              effect:
                returnId === null
                  ? `Register a return of order ${orderId} and make its label.`
                  : `Make the label of return ${returnId} of order ${orderId} again.`,
              amount: null,
            }
          : { refused: `Order ${orderId} was not delivered yet, so nothing can be returned.` },
      facts: ({ proof, label }) => [
        { key: 'order.returnId', label: 'Return number', value: proof },
        ...(label?.trackingNumber
          ? [{ key: 'return.trackingNumber', label: 'Return tracking', value: label.trackingNumber }]
          : []),
      ],
    },
    deps,
  );
}

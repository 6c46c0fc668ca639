import { z } from 'zod';

import type { WriteTool } from '../write-tool.js';
import { createChangeTool, type ChangeDeps } from './change-tool.js';

const line = z.string().trim().min(1, 'is missing').max(120);
const Input = z.object({
  orderId: z.string().min(1, 'is missing').max(64),
  fullName: line,
  street: line,
  postalCode: line,
  city: line,
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/u, 'write it with two letters, like NL'),
});

/** Sends an order that has not left yet to another address. */
export function createChangeAddress(deps: ChangeDeps): WriteTool<typeof Input> {
  const field = (key: string, label: string) => ({ key, label, kind: 'text', isEditable: true }) as const;
  return createChangeTool<typeof Input>(
    {
      name: 'change_address',
      title: 'Change address',
      description: 'Changes where one order of this customer, not shipped yet, is sent.',
      input: Input,
      fields: [
        { key: 'orderId', label: 'Order', kind: 'text', isEditable: false },
        field('fullName', 'Name'),
        field('street', 'Street and number'),
        field('postalCode', 'Postal code'),
        field('city', 'City'),
        field('country', 'Country, two letters'),
      ],
      argumentsFrom: { orderId: 'order_id', fullName: 'customer_name' },
      plan({ orderId, ...address }, { status }) {
        if (status !== 'placed' && status !== 'packed')
          return {
            refused: `Order ${orderId} is ${status.replaceAll('_', ' ')}; its address cannot be changed any more.`,
          };
        const { fullName, street, postalCode, city, country } = address;
        return {
          change: { kind: 'change_address', orderId, address },
          effect: `Send order ${orderId} to ${fullName}, ${street}, ${postalCode} ${city}, ${country}.`,
          amount: null,
        };
      },
      facts: ({ at }, _, { print }) => [
        { key: 'order.address', label: 'Address', value: 'changed' },
        { key: 'order.addressChangedOn', label: 'Changed on', value: print.day(at) },
      ],
    },
    deps,
  );
}

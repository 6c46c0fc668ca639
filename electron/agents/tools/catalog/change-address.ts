import { z } from 'zod';

import type { WriteTool } from '../write-tool.js';
import { createChangeTool, type ChangeDeps } from './change-tool.js';

const line = z.string().trim().max(120);
/** Whether the order can still be changed is told before what is missing. */
const Input = z.object({
  orderId: z.string().min(1, 'is missing').max(64),
  ...{ fullName: line, street: line, postalCode: line, city: line },
  country: line.toUpperCase(),
});
const labels = {
  ...{ fullName: 'Name', street: 'Street and number', postalCode: 'Postal code', city: 'City' },
  country: 'Country, two letters',
} as const;

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
        ...Object.entries(labels).map(([key, label]) => field(key, label)),
      ],
      argumentsFrom: { orderId: 'order_id', fullName: 'customer_name' },
      plan({ orderId, ...address }, { status }) {
        if (status !== 'placed' && status !== 'packed')
          return {
            refused: `Order ${orderId} is ${status.replaceAll('_', ' ')}; its address cannot be changed any more.`,
          };
        const { fullName, street, postalCode, city, country } = address;
        const missing = Object.entries(labels).find(([key]) => address[key as keyof typeof labels] === '');
        if (missing) return { refused: `${missing[1]}: is missing.` };
        if (!/^[A-Z]{2}$/u.test(country)) return { refused: `${labels.country}: write it like NL.` };
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

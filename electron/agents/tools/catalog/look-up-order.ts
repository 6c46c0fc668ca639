import { z } from 'zod';

import type { Fact } from '../../../../shared/domain/tool-call.js';
import { assertNever } from '../../../../shared/lib/assert-never.js';
import type { Printable } from '../printable.js';
import { isMethodName, typedFact } from '../record-words.js';
import type { ShopBackend, ShopOrder, ShopRefund } from '../shop-backend.js';
import type { ToolDefinition } from '../tool.js';
import { itemsFact } from './items-fact.js';
import { findOwnOrder } from './own-order.js';

const Input = z.object({ orderId: z.string().min(1).max(64) });

/** Looks one order up: state, days, items, amount, payment and refund. Reads only, and only the customer's own orders. */
export function createLookUpOrder(
  shop: ShopBackend,
  print: Printable,
  products: readonly string[],
): ToolDefinition<typeof Input> {
  return {
    name: 'look_up_order',
    title: 'Look up order',
    description: 'State, items, amount, payment and refund of one order of this customer.',
    risk: 'read',
    input: Input,
    async run({ input, customer, signal }) {
      const found = await findOwnOrder(shop, input.orderId, customer, signal);
      if ('outcome' in found) return found.outcome;
      return { status: 'succeeded', facts: orderFacts(found.order, found.country, print, products) };
    },
  };
}

function orderFacts(
  order: ShopOrder,
  country: string,
  print: Printable,
  products: readonly string[],
): Fact[] {
  const { deliveredAt, returnId, refund } = order;
  return [
    { key: 'order.id', label: 'Order', value: order.id },
    { key: 'order.status', label: 'Status', value: order.status.replaceAll('_', ' ') },
    { key: 'order.placedOn', label: 'Placed on', value: print.day(order.placedAt) },
    itemsFact('order.items', 'Items', order.items, products),
    { key: 'order.total', label: 'Total', value: print.money(order.total) },
    method('order.paymentMethod', 'Paid with', order.paymentMethod),
    method('order.shippingMethod', 'Shipping', order.shippingMethod),
    { key: 'order.country', label: 'Ships to', value: country },
    ...(deliveredAt
      ? [
          { key: 'order.deliveredOn', label: 'Delivered on', value: print.day(deliveredAt) },
          {
            key: 'order.daysSinceDelivery',
            label: 'Since delivery',
            value: days(print.daysSince(deliveredAt)),
          },
        ]
      : []),
    ...(returnId === null ? [] : [{ key: 'order.returnId', label: 'Return number', value: returnId }]),
    ...(refund ? refundFacts(refund, print) : []),
  ];
}

function refundFacts(refund: ShopRefund, print: Printable): Fact[] {
  return [
    { key: 'refund.status', label: 'Refund', value: refundStatus(refund) },
    { key: 'refund.amount', label: 'Refund amount', value: print.money(refund.amount) },
    method('refund.method', 'Refund to', refund.method),
    refund.status === 'sent'
      ? { key: 'refund.sentOn', label: 'Refund sent on', value: print.day(refund.at) }
      : { key: 'refund.since', label: 'Refund since', value: print.day(refund.at) },
  ];
}

function refundStatus({ status }: ShopRefund): string {
  switch (status) {
    case 'requested':
      return 'requested';
    case 'inspecting':
      return 'being inspected';
    case 'sent':
      return 'sent';
    default:
      return assertNever(status, 'refund status');
  }
}

const method = (key: string, label: string, name: string): Fact =>
  typedFact(key, label, name, 'another method', isMethodName(name));

const days = (count: number): string => (count === 1 ? '1 day' : `${String(count)} days`);

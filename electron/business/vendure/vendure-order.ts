import { z } from 'zod';

import type { ShopOrder, ShopRefund, ShopShipment } from '../../agents/tools/shop-backend.js';
import { methodName } from '../method-name.js';

/** What is asked of an order. Amounts are in minor units (Vendure keeps money as integers). */
export const ORDER_FIELDS = `
  id code state totalWithTax orderPlacedAt createdAt
  customer { id }
  lines { id quantity unitPriceWithTax productVariant { name } }
  shippingLines { shippingMethod { name } }
  payments { id method state amount refunds { id total state reason createdAt } }
  fulfillments { state method trackingCode updatedAt lines { orderLine { id } } }`;

const Id = z.union([z.string(), z.number()]).transform(String);
const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const Refund = z.object({
  id: Id,
  total: z.number(),
  state: z.string(),
  reason: z.string().nullable(),
  createdAt: Time,
});
export type VendureRefund = z.infer<typeof Refund>;

export const VendureOrder = z.object({
  id: Id,
  code: z.string(),
  state: z.string(),
  totalWithTax: z.number(),
  orderPlacedAt: Time.nullable(),
  createdAt: Time,
  customer: z.object({ id: Id }).nullable(),
  lines: z.array(
    z.object({
      id: Id,
      quantity: z.number(),
      unitPriceWithTax: z.number(),
      productVariant: z.object({ name: z.string() }),
    }),
  ),
  shippingLines: z.array(z.object({ shippingMethod: z.object({ name: z.string() }) })),
  payments: z
    .array(
      z.object({
        id: Id,
        method: z.string(),
        state: z.string(),
        amount: z.number(),
        refunds: z.array(Refund),
      }),
    )
    .nullable(),
  fulfillments: z
    .array(
      z.object({
        state: z.string(),
        method: z.string(),
        trackingCode: z.string().nullable(),
        updatedAt: Time,
        lines: z.array(z.object({ orderLine: z.object({ id: Id }) })),
      }),
    )
    .nullable(),
});
export type VendureOrder = z.infer<typeof VendureOrder>;

const major = (minor: number): number => minor / 100;

/** Refunds of an order that were not turned down, oldest first. */
export const refundsOf = ({ payments }: VendureOrder): VendureRefund[] =>
  (payments ?? [])
    .flatMap(({ refunds }) => refunds)
    .filter(({ state }) => state !== 'Failed')
    .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());

/** An order of Vendure in the words of the look-up tools. Vendure tells a parcel's state and number, not its scans. */
export function toShopOrder(order: VendureOrder): ShopOrder {
  const payment = paymentOf(order);
  const delivered = (order.fulfillments ?? []).filter(({ state }) => state === 'Delivered');
  return {
    id: order.code,
    customerId: order.customer?.id ?? '',
    status: statusOf(order),
    placedAt: order.orderPlacedAt ?? order.createdAt,
    items: order.lines
      .filter(({ quantity }) => quantity > 0)
      .map(({ quantity, unitPriceWithTax, productVariant }) => ({
        ...{ name: productVariant.name, quantity },
        price: major(unitPriceWithTax),
      })),
    // Vendure takes cancelled lines out of the total; what was paid is what can be refunded.
    total: major(payment?.amount ?? order.totalWithTax),
    paymentMethod: payment ? methodName(payment.method) : 'unknown',
    shippingMethod: order.shippingLines[0]?.shippingMethod.name ?? 'unknown',
    shipments: (order.fulfillments ?? [])
      .filter(({ state }) => state !== 'Cancelled')
      .map((one) => toShipment(one, order)),
    deliveredAt: order.state === 'Delivered' ? (delivered.at(-1)?.updatedAt ?? null) : null,
    returnId: null,
    refund: toRefund(order),
  };
}

/** The payment that was settled; the one refunds go to. */
export const paymentOf = ({ payments }: VendureOrder) =>
  payments?.find(({ state }) => state === 'Settled') ?? payments?.[0] ?? null;

function statusOf({ state, fulfillments }: VendureOrder): ShopOrder['status'] {
  switch (state) {
    case 'Cancelled':
      return 'cancelled';
    case 'Delivered':
    case 'PartiallyDelivered':
      return 'delivered';
    case 'Shipped':
    case 'PartiallyShipped':
      return 'shipped';
    default:
      return (fulfillments ?? []).some(({ state: parcel }) => parcel === 'Pending') ? 'packed' : 'placed';
  }
}

function toShipment(
  { state, method, trackingCode, updatedAt, lines }: NonNullable<VendureOrder['fulfillments']>[number],
  order: VendureOrder,
): ShopShipment {
  const names = lines.flatMap(({ orderLine }) =>
    order.lines.filter(({ id }) => id === orderLine.id).map(({ productVariant }) => productVariant.name),
  );
  const isWhole = order.lines.every(({ id }) => lines.some(({ orderLine }) => orderLine.id === id));
  return {
    ...{ carrier: method, trackingNumber: trackingCode === '' ? null : trackingCode, estimatedAt: null },
    scans: ['Shipped', 'Delivered'].includes(state)
      ? [{ at: updatedAt, text: state === 'Delivered' ? 'Delivered' : 'Handed to the carrier', location: '' }]
      : [],
    itemNames: isWhole ? [] : names,
  };
}

function toRefund(order: VendureOrder): ShopRefund | null {
  const refunds = refundsOf(order);
  const last = refunds.at(-1);
  if (!last) return null;
  return {
    amount: major(refunds.reduce((sum, { total }) => sum + total, 0)),
    method: methodName(paymentOf(order)?.method ?? 'unknown'),
    status: refunds.every(({ state }) => state === 'Settled') ? 'sent' : 'requested',
    at: last.createdAt,
  };
}

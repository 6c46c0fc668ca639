import { z } from 'zod';

import type { ShopOrder, ShopRefund, ShopShipment } from '../../agents/tools/shop-backend.js';
import { methodName } from '../method-name.js';

const MONEY = '{ shopMoney { amount currencyCode } }';
/** What is asked of an order; `parcels` is how much of each parcel, which a list of orders does not need and Shopify counts the cost of. */
const fields = (items: number, parcels: string): string => `
  id name processedAt cancelledAt displayFulfillmentStatus currencyCode presentmentCurrencyCode paymentGatewayNames
  customer { id }
  cancellation { staffNote }
  lastChange: metafield(namespace: "cuecard", key: "last_change") { value updatedAt }
  totalPriceSet ${MONEY}
  lineItems(first: ${String(items)}) { nodes { id name currentQuantity originalUnitPriceSet ${MONEY} } }
  shippingLine { title }
  transactions(first: 20) { id kind status gateway formattedGateway parentTransaction { id } amountSet ${MONEY} }
  refunds(first: 20) { id note createdAt totalRefundedSet ${MONEY} transactions(first: 5) { nodes { status } } }
  fulfillments(first: 10) { status displayStatus createdAt deliveredAt estimatedDeliveryAt
    trackingInfo(first: 1) { company number } ${parcels} }`;
export const ORDER_FIELDS = fields(
  30,
  'fulfillmentLineItems(first: 20) { nodes { lineItem { id } } } events(last: 10, sortKey: HAPPENED_AT) { nodes { happenedAt status city } }',
);
export const LISTED_ORDER_FIELDS = fields(8, '');

const Time = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const Money = z
  .object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) })
  .transform(({ shopMoney }) => Number(shopMoney.amount));

const Transaction = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.string(),
  gateway: z.string().nullable(),
  formattedGateway: z.string().nullable(),
  parentTransaction: z.object({ id: z.string() }).nullable(),
  amountSet: Money,
});
export type ShopifyTransaction = z.infer<typeof Transaction>;

const Refund = z.object({
  id: z.string(),
  note: z.string().nullable(),
  createdAt: Time.nullable(),
  totalRefundedSet: Money,
  transactions: z.object({ nodes: z.array(z.object({ status: z.string() })) }),
});
export type ShopifyRefund = z.infer<typeof Refund>;

const Fulfillment = z.object({
  status: z.string(),
  displayStatus: z.string().nullable(),
  createdAt: Time,
  deliveredAt: Time.nullable(),
  estimatedDeliveryAt: Time.nullable(),
  trackingInfo: z.array(z.object({ company: z.string().nullable(), number: z.string().nullable() })),
  fulfillmentLineItems: z
    .object({ nodes: z.array(z.object({ lineItem: z.object({ id: z.string() }) })) })
    .optional(),
  events: z
    .object({
      nodes: z.array(z.object({ happenedAt: Time, status: z.string(), city: z.string().nullable() })),
    })
    .optional(),
});
type Fulfillment = z.infer<typeof Fulfillment>;

export const ShopifyOrder = z.object({
  id: z.string(),
  name: z.string(),
  processedAt: Time,
  cancelledAt: Time.nullable(),
  displayFulfillmentStatus: z.string(),
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  paymentGatewayNames: z.array(z.string()),
  customer: z.object({ id: z.string() }).nullable(),
  cancellation: z.object({ staffNote: z.string().nullable() }).nullable(),
  lastChange: z.object({ value: z.string(), updatedAt: Time }).nullable(),
  totalPriceSet: Money,
  lineItems: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        currentQuantity: z.number(),
        originalUnitPriceSet: Money,
      }),
    ),
  }),
  shippingLine: z.object({ title: z.string() }).nullable(),
  transactions: z.array(Transaction),
  refunds: z.array(Refund),
  fulfillments: z.array(Fulfillment),
});
export type ShopifyOrder = z.infer<typeof ShopifyOrder>;

const TURNED_DOWN = new Set(['FAILURE', 'ERROR']);

/** Whether the payment provider turned it down: the record is there, the money did not move. */
export const isTurnedDown = ({ transactions: { nodes } }: ShopifyRefund): boolean =>
  nodes.length > 0 && nodes.every(({ status }) => TURNED_DOWN.has(status));

export const isSent = ({ transactions: { nodes } }: ShopifyRefund): boolean =>
  nodes.length > 0 && nodes.every(({ status }) => status === 'SUCCESS');

/** Refunds that were not turned down, oldest first. */
export const refundsOf = ({ refunds }: ShopifyOrder): ShopifyRefund[] =>
  refunds
    .filter((refund) => !isTurnedDown(refund))
    .sort((a, b) => (a.createdAt?.getTime() ?? 0) - (b.createdAt?.getTime() ?? 0));

/** Payments that were taken, with what of each is left to refund, in cents. */
export function refundable({ transactions }: ShopifyOrder): readonly {
  readonly payment: ShopifyTransaction;
  readonly left: number;
}[] {
  const cents = (amount: number): number => Math.round(amount * 100);
  return transactions
    .filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS')
    .map((payment) => {
      const back = transactions.filter(
        ({ kind, status, parentTransaction }) =>
          kind === 'REFUND' && !TURNED_DOWN.has(status) && parentTransaction?.id === payment.id,
      );
      const left = cents(payment.amountSet) - back.reduce((sum, one) => sum + cents(one.amountSet), 0);
      return { payment, left };
    });
}

/** An order of Shopify in the words of the look-up tools. */
export function toShopOrder(order: ShopifyOrder): ShopOrder {
  const parcels = order.fulfillments.filter(({ status }) => status === 'SUCCESS');
  const areAllThere =
    isAllSent(order) && parcels.length > 0 && parcels.every((one) => one.deliveredAt !== null);
  return {
    id: order.name,
    customerId: order.customer?.id ?? '',
    status: statusOf(order, parcels),
    placedAt: order.processedAt,
    items: order.lineItems.nodes
      .filter(({ currentQuantity }) => currentQuantity > 0)
      .map(({ name, currentQuantity: quantity, originalUnitPriceSet: price }) => ({ name, quantity, price })),
    total: order.totalPriceSet,
    paymentMethod: paidWith(order),
    shippingMethod: order.shippingLine?.title ?? 'unknown',
    shipments: parcels.map((one) => toShipment(one, order)),
    deliveredAt: areAllThere ? (parcels.map(({ deliveredAt }) => deliveredAt).at(-1) ?? null) : null,
    returnId: null,
    refund: toRefund(order),
  };
}

function paidWith({ transactions, paymentGatewayNames }: ShopifyOrder): string {
  const payment = transactions.find(({ status, kind }) => status === 'SUCCESS' && kind !== 'REFUND');
  return methodName(payment?.formattedGateway ?? payment?.gateway ?? paymentGatewayNames[0] ?? 'unknown');
}

/** The customer has it: brought, or collected by them. */
const ARRIVED = new Set(['DELIVERED', 'PICKED_UP']);
/** There is a parcel, and nobody took it along yet. */
const NOT_LEFT = new Set(['LABEL_PURCHASED', 'LABEL_PRINTED', 'LABEL_VOIDED', 'SUBMITTED', 'CONFIRMED']);

/** Nothing is left to send. Every other state of an order (partly sent, on hold, scheduled, refused by the warehouse) may hide goods in no parcel. */
const NOTHING_LEFT = new Set(['FULFILLED', 'FULFILLMENT_NOT_REQUIRED', 'RESTOCKED']);

/** Goods that are still to be sent are in no parcel, so that all parcels may have arrived and the order has not. */
const isAllSent = ({ displayFulfillmentStatus: status }: ShopifyOrder): boolean => NOTHING_LEFT.has(status);

function statusOf(order: ShopifyOrder, parcels: readonly Fulfillment[]): ShopOrder['status'] {
  if (order.cancelledAt) return 'cancelled';
  const states = parcels.map(({ displayStatus }) => displayStatus ?? '');
  if (states.length === 0) return order.displayFulfillmentStatus === 'IN_PROGRESS' ? 'packed' : 'placed';
  if (isAllSent(order) && states.every((state) => ARRIVED.has(state))) return 'delivered';
  if (states.includes('OUT_FOR_DELIVERY')) return 'out_for_delivery';
  return states.every((state) => NOT_LEFT.has(state)) ? 'packed' : 'shipped';
}

function toShipment(parcel: Fulfillment, order: ShopifyOrder): ShopShipment {
  const [tracking] = parcel.trackingInfo;
  const inIt = new Set((parcel.fulfillmentLineItems?.nodes ?? []).map(({ lineItem }) => lineItem.id));
  const items = order.lineItems.nodes;
  const isWhole = items.every(({ id }) => inIt.has(id));
  return {
    carrier: tracking?.company ?? null,
    trackingNumber: tracking?.number ?? null,
    estimatedAt: parcel.estimatedDeliveryAt,
    scans: (parcel.events?.nodes ?? []).map(({ happenedAt, status, city }) => ({
      ...{ at: happenedAt, location: city ?? '' },
      text: scanText(status),
    })),
    itemNames: isWhole ? [] : items.filter(({ id }) => inIt.has(id)).map(({ name }) => name),
  };
}

/** `OUT_FOR_DELIVERY` as carriers write it: `Out for delivery`. */
function scanText(status: string): string {
  const words = status.toLowerCase().replaceAll('_', ' ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function toRefund(order: ShopifyOrder): ShopRefund | null {
  const refunds = refundsOf(order);
  const last = refunds.at(-1);
  if (!last) return null;
  const cents = refunds.reduce((sum, { totalRefundedSet }) => sum + Math.round(totalRefundedSet * 100), 0);
  return {
    ...{ amount: cents / 100, method: paidWith(order) },
    status: refunds.every(isSent) ? 'sent' : 'requested',
    at: last.createdAt ?? order.processedAt,
  };
}

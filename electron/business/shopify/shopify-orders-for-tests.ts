import { GraphQLError, getDirectiveValues, type GraphQLResolveInfo } from 'graphql';

export type Fields = Record<string, unknown>;

const FEMKE = 'gid://shopify/Customer/1';
const NOW = '2026-11-26T12:00:00Z';
const CANCELLING_MS = 120;
export const moneyOfTests = (amount: number): Fields => ({
  shopMoney: { amount: amount.toFixed(1), currencyCode: 'EUR' },
});

/** An order of type `Order`; what the schema does not allow of it, a question that asks for it will say. */
export function orderOfTests(number: number, customerId: string, more: Fields = {}): Fields {
  const id = `gid://shopify/Order/${String(number)}`;
  return {
    ...{ id, name: `#${String(number)}`, processedAt: '2026-11-20T09:30:00Z', cancelledAt: null },
    ...{ displayFulfillmentStatus: 'UNFULFILLED', currencyCode: 'EUR', presentmentCurrencyCode: 'EUR' },
    ...{ paymentGatewayNames: ['shopify_payments'], customer: { id: customerId } },
    ...{ cancellation: null, totalPriceSet: moneyOfTests(89) },
    lineItems: {
      nodes: [
        {
          ...{ id: 'gid://shopify/LineItem/1', name: 'Linen Duvet Cover - Sand', currentQuantity: 1 },
          originalUnitPriceSet: moneyOfTests(79),
        },
      ],
    },
    shippingLine: { title: 'Standard delivery' },
    transactions: [
      {
        ...{ id: `gid://shopify/OrderTransaction/${String(number)}`, kind: 'SALE', status: 'SUCCESS' },
        ...{ gateway: 'shopify_payments', formattedGateway: 'Shopify Payments', parentTransaction: null },
        amountSet: moneyOfTests(89),
      },
    ],
    ...{ refunds: [], fulfillments: [] },
    metafield(this: Fields, { namespace, key }: Fields) {
      const kept = (this['kept'] ?? []) as Fields[];
      return kept.find((one) => one['namespace'] === namespace && one['key'] === key) ?? null;
    },
    ...more,
  };
}

export const parcelOfTests = (displayStatus: string, events: readonly Fields[]): Fields => ({
  ...{ status: 'SUCCESS', displayStatus, createdAt: '2026-11-22T08:00:00Z' },
  ...{ deliveredAt: displayStatus === 'DELIVERED' ? '2026-11-24T10:00:00Z' : null },
  estimatedDeliveryAt: '2026-11-25T18:00:00Z',
  trackingInfo: [{ company: 'PostNL', number: '3SABC1' }],
  fulfillmentLineItems: { nodes: [{ lineItem: { id: 'gid://shopify/LineItem/1' } }] },
  events: { nodes: events },
});

type Ask = (args: Fields, context: unknown, info: GraphQLResolveInfo) => unknown;

/** The queries and mutations of a shop with these orders and a memory, as the schema names them. */
export function shopOfTests(orders: Map<string, Fields>): Readonly<Record<string, Ask | Fields>> {
  const refunded = new Map<string, Fields>();
  const byId = (id: unknown): Fields | undefined => [...orders.values()].find((order) => order['id'] === id);
  const no = (message: string): Fields => ({ userErrors: [{ field: null, message }] });

  function refund({ orderId, note, transactions }: Fields): Fields {
    const order = byId(orderId);
    if (!order) return { refund: null, ...no('Order does not exist') };
    const taken = order['transactions'] as Fields[];
    const parts = transactions as Fields[];
    if (!parts.every((one) => taken.some(({ id }) => id === one['parentId'])))
      return { refund: null, ...no('Transactions parent is invalid') };
    const refunds = order['refunds'] as Fields[];
    const id = `gid://shopify/Refund/${String(refunds.length + 1)}`;
    const made = parts.map((one, at) => ({
      ...{ id: `${id}-${String(at)}`, kind: 'REFUND', status: 'SUCCESS', gateway: one['gateway'] },
      ...{ formattedGateway: null, parentTransaction: { id: one['parentId'] } },
      amountSet: moneyOfTests(Number(one['amount'])),
    }));
    taken.push(...made);
    const totalRefundedSet = moneyOfTests(parts.reduce((sum, one) => sum + Number(one['amount']), 0));
    refunds.push({ id, note, createdAt: NOW, totalRefundedSet, transactions: { nodes: made } });
    return { refund: { id }, userErrors: [] };
  }

  return {
    shop: { name: 'Harbour & Pine', currencyCode: 'EUR' },
    currentAppInstallation: {
      accessScopes: [{ handle: 'write_orders' }, { handle: 'read_customers' }],
    },
    // A search, as Shopify's: it finds what begins so.
    orders({ query }) {
      const wanted = /^name:"([^"]*)"$/u.exec(String(query))?.[1] ?? '';
      return { nodes: [...orders.values()].filter(({ name }) => String(name).startsWith(`#${wanted}`)) };
    },
    customerByIdentifier({ identifier }) {
      if ((identifier as Fields)['emailAddress'] !== 'femke.devries@example.com') return null;
      return {
        ...{ id: FEMKE, firstName: 'Femke', lastName: 'de Vries' },
        defaultEmailAddress: { emailAddress: 'Femke.DeVries@example.com' },
        defaultAddress: { country: 'Netherlands' },
      };
    },
    customer: ({ id }) => ({
      orders: { nodes: [...orders.values()].filter(({ customer }) => (customer as Fields)['id'] === id) },
    }),
    refundCreate({ input }, _, { schema, fieldNodes: [node], variableValues }) {
      // The schema leaves it open; from 2026-04 on a refund without its key is refused at run time.
      const directive = schema.getDirective('idempotent');
      const key = directive && node && getDirectiveValues(directive, node, variableValues)?.['key'];
      if (typeof key !== 'string') throw new GraphQLError('The @idempotent directive is required.');
      const answer = refunded.get(key) ?? refund(input as Fields);
      refunded.set(key, answer);
      return answer;
    },
    orderCancel({ orderId, staffNote, refund: old, refundMethod }) {
      const order = byId(orderId);
      if (!order || order['cancellation'] || (old === undefined) === (refundMethod === undefined)) {
        const message = 'Order was cancelled already';
        return { job: null, orderCancelUserErrors: [{ field: null, message, code: 'INVALID' }] };
      }
      order['cancellation'] = { staffNote };
      setTimeout(() => {
        order['cancelledAt'] = NOW;
        const made = { nodes: [{ status: 'PENDING' }] };
        const back = { id: 'gid://shopify/Refund/9', note: null, createdAt: NOW, transactions: made };
        (order['refunds'] as Fields[]).push({ ...back, totalRefundedSet: moneyOfTests(89) });
      }, CANCELLING_MS);
      return { job: { id: 'gid://shopify/Job/1', done: false }, orderCancelUserErrors: [] };
    },
    orderUpdate({ input }) {
      const { id, shippingAddress, metafields } = input as Fields;
      const order = byId(id);
      if (!order) return { order: null, ...no('Order does not exist') };
      order['shippingAddress'] = shippingAddress;
      order['kept'] = (metafields as Fields[]).map((one) => ({ ...one, updatedAt: NOW }));
      return { order: { id }, userErrors: [] };
    },
  };
}

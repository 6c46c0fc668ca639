import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

type Fields = Record<string, unknown>;

/** Orders of a Shopify shop in the shapes of its documentation, with a memory: keys, refunds that count, cancellations in the background. */
export interface ShopifyServer {
  readonly url: string;
  readonly orders: Map<string, Fields>;
  /** Operations that were asked for, in order. */
  readonly asked: string[];
  /** The answer of the next mutation is lost after it was done. */
  loseNext(): void;
  /** What every question gets instead of an answer; null for none. */
  answerAll(answer: { readonly status: number; readonly body: unknown } | null): void;
  close(): Promise<void>;
}

export const TOKEN = 'shpat_of_these_tests';
const FEMKE = 'gid://shopify/Customer/1';
const money = (amount: number) => ({ shopMoney: { amount: amount.toFixed(1), currencyCode: 'EUR' } });
const NOW = '2026-11-26T12:00:00Z';

export function orderOfTests(number: number, customerId: string, more: Fields = {}): Fields {
  const id = `gid://shopify/Order/${String(number)}`;
  return {
    ...{ id, name: `#${String(number)}`, processedAt: '2026-11-20T09:30:00Z', cancelledAt: null },
    ...{ displayFulfillmentStatus: 'UNFULFILLED', currencyCode: 'EUR', presentmentCurrencyCode: 'EUR' },
    ...{ paymentGatewayNames: ['shopify_payments'], customer: { id: customerId } },
    ...{ cancellation: null, lastChange: null, totalPriceSet: money(89) },
    lineItems: {
      nodes: [
        {
          ...{ id: 'gid://shopify/LineItem/1', name: 'Linen Duvet Cover - Sand', currentQuantity: 1 },
          originalUnitPriceSet: money(79),
        },
      ],
    },
    shippingLine: { title: 'Standard delivery' },
    transactions: [
      {
        ...{ id: `gid://shopify/OrderTransaction/${String(number)}`, kind: 'SALE', status: 'SUCCESS' },
        ...{ gateway: 'shopify_payments', formattedGateway: 'Shopify Payments', parentTransaction: null },
        amountSet: money(89),
      },
    ],
    ...{ refunds: [], fulfillments: [] },
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

export async function startShopifyServer(): Promise<ShopifyServer> {
  const orders = new Map<string, Fields>();
  const keys = new Map<string, Fields>();
  const asked: string[] = [];
  let isLost = false;
  let always: { readonly status: number; readonly body: unknown } | null = null;

  const no = (message: string): Fields => ({ userErrors: [{ field: null, message }] });
  const byId = (id: unknown): Fields | undefined => [...orders.values()].find((order) => order['id'] === id);

  const answers: Record<string, (query: string, variables: Fields) => Fields> = {
    Shop: () => ({ shop: { name: 'Harbour & Pine', currencyCode: 'EUR' } }),
    Scopes: () => ({
      currentAppInstallation: { accessScopes: [{ handle: 'write_orders' }, { handle: 'read_customers' }] },
    }),
    // A search, as Shopify's: it finds what begins so.
    Order(_, { query }) {
      const wanted = /^name:"([^"]*)"$/u.exec(String(query))?.[1] ?? '';
      const found = [...orders.values()].filter((order) => String(order['name']).startsWith(`#${wanted}`));
      return { orders: { nodes: found.slice(0, 2) } };
    },
    Customer: (_, { email }) => ({
      customerByIdentifier:
        email === 'femke.devries@example.com'
          ? {
              ...{ id: FEMKE, firstName: 'Femke', lastName: 'de Vries' },
              defaultEmailAddress: { emailAddress: 'Femke.DeVries@example.com' },
              defaultAddress: { country: 'Netherlands' },
            }
          : null,
    }),
    Orders: (_, { id, first }) => ({
      customer: {
        orders: {
          nodes: [...orders.values()]
            .filter(({ customer }) => (customer as Fields)['id'] === id)
            .slice(0, Number(first)),
        },
      },
    }),
    Refund(query, { input, key }) {
      // From 2026-04 on a refund without its key is refused at run time.
      if (!/refundCreate\(input: \$input\) @idempotent\(key: \$key\)/u.test(query) || typeof key !== 'string')
        return { refundCreate: { refund: null, ...no('The @idempotent directive is required.') } };
      const known = keys.get(key);
      if (known) return known;
      const { orderId, note, transactions } = input as {
        orderId: string;
        note: string;
        transactions: Fields[];
      };
      const order = byId(orderId);
      if (!order) return { refundCreate: { refund: null, ...no('Order does not exist') } };
      const sum = transactions.reduce((total, one) => total + Number(one['amount']), 0);
      const taken = order['transactions'] as Fields[];
      const isParent = transactions.every((one) => taken.some(({ id }) => id === one['parentId']));
      if (!isParent) return { refundCreate: { refund: null, ...no('Transactions parent is invalid') } };
      const refunds = order['refunds'] as Fields[];
      const id = `gid://shopify/Refund/${String(refunds.length + 1)}`;
      const made = { nodes: [{ status: 'SUCCESS' }] };
      refunds.push({ ...{ id, note, createdAt: NOW }, totalRefundedSet: money(sum), transactions: made });
      for (const one of transactions)
        taken.push({
          ...{ id: `${id}-t`, kind: 'REFUND', status: 'SUCCESS', gateway: one['gateway'] },
          ...{ formattedGateway: null, parentTransaction: { id: one['parentId'] } },
          amountSet: money(Number(one['amount'])),
        });
      const answer = { refundCreate: { refund: { id }, userErrors: [] } };
      keys.set(key, answer);
      return answer;
    },
    Cancel(_, { orderId, staffNote }) {
      const order = byId(orderId);
      if (!order || order['cancellation'])
        return {
          orderCancel: {
            job: null,
            orderCancelUserErrors: [{ field: null, message: 'Order was cancelled already', code: 'INVALID' }],
          },
        };
      order['cancellation'] = { staffNote };
      setTimeout(() => {
        order['cancelledAt'] = NOW;
        const made = { nodes: [{ status: 'PENDING' }] };
        const refund = { id: 'gid://shopify/Refund/9', note: null, createdAt: NOW, transactions: made };
        (order['refunds'] as Fields[]).push({ ...refund, totalRefundedSet: money(89) });
      }, 120);
      return { orderCancel: { job: { id: 'gid://shopify/Job/1', done: false }, orderCancelUserErrors: [] } };
    },
    Update(_, { input }) {
      const { id, shippingAddress, metafields } = input as Fields & { metafields: Fields[] };
      const order = byId(id);
      if (!order) return { orderUpdate: { order: null, ...no('Order does not exist') } };
      order['shippingAddress'] = shippingAddress;
      order['lastChange'] = { value: metafields[0]?.['value'], updatedAt: NOW };
      return { orderUpdate: { order: { id }, userErrors: [] } };
    },
  };

  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const send = (status: number, body: unknown): void => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      if (always) return send(always.status, always.body);
      if (request.url !== '/admin/api/2026-04/graphql.json') return send(404, { errors: 'Not Found' });
      if (request.headers['x-shopify-access-token'] !== TOKEN)
        return send(401, { errors: '[API] Invalid API key or access token' });
      const { query, variables } = JSON.parse(text) as { query: string; variables: Fields };
      const [, kind, name = ''] = /^(query|mutation) (\w+)/u.exec(query) ?? [];
      asked.push(name);
      const data = answers[name]?.(query, variables);
      if (kind === 'mutation' && isLost) {
        isLost = false;
        return request.socket.destroy();
      }
      send(200, data ? { data } : { errors: [{ message: `No operation ${name}` }] });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    ...{ orders, asked },
    loseNext: () => (isLost = true),
    answerAll: (answer) => (always = answer),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

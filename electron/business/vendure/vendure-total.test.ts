import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';

import { ShopChangeRefused } from '../../agents/tools/shop-changes.js';
import { startPeer, type Peer } from '../../helpdesk/connectors/peer-for-tests.js';
import { createVendureApi, type VendureApi } from './vendure-api.js';
import { createVendureChanges } from './vendure-changes.js';
import { findVendureOrder } from './vendure-shop.js';

const Ready = z.object({ url: z.string(), user: z.string(), password: z.string() });
const Id = z.object({ id: z.union([z.string(), z.number()]).transform(String) });
const Items = z.object({ items: z.array(Id) });
const { signal } = new AbortController();
const address = {
  ...{ fullName: 'Femke', street: 'Gracht 5', postalCode: '3511 AB', city: 'Utrecht', country: 'NL' },
};

let peer: Peer<z.infer<typeof Ready>> | string;
beforeAll(async () => {
  peer = await startPeer('vendure', Ready);
}, 600_000);
afterAll(async () => {
  if (peer && typeof peer !== 'string') await peer.end();
});

const ask = <T>(api: VendureApi, query: string, variables: object, schema: z.ZodType<T>): Promise<T> =>
  api.ask(query, variables, schema, signal);

/** An order that was paid with a promotion, which has ended since: counted anew, it costs more. */
async function orderOfAnEndedPromotion(api: VendureApi): Promise<string> {
  const promotion = {
    ...{ enabled: true, translations: [{ languageCode: 'en', name: 'Spring', description: '' }] },
    conditions: [
      {
        code: 'minimum_order_amount',
        arguments: [
          { name: 'amount', value: '100' },
          { name: 'taxInclusive', value: 'true' },
        ],
      },
    ],
    actions: [{ code: 'order_percentage_discount', arguments: [{ name: 'discount', value: '10' }] }],
  };
  const { id: ending } = await ask(
    api,
    'mutation P($i: CreatePromotionInput!) { createPromotion(input: $i) { ... on Promotion { id } } }',
    { i: promotion },
    Id,
  );
  const [variant] = (await ask(api, '{ productVariants(options: { take: 1 }) { items { id } } }', {}, Items))
    .items;
  const [customer] = (await ask(api, '{ customers(options: { take: 1 }) { items { id } } }', {}, Items))
    .items;
  const { id } = await ask(api, 'mutation { createDraftOrder { id } }', {}, Id);
  const inOrder = (args: string, of: string, variables: object): Promise<unknown> =>
    ask(api, `mutation D($o: ID!, ${args}) { ${of} { __typename } }`, { o: id, ...variables }, z.unknown());
  await inOrder('$v: ID!', 'addItemToDraftOrder(orderId: $o, input: { productVariantId: $v, quantity: 1 })', {
    v: variant?.id,
  });
  await inOrder('$c: ID!', 'setCustomerForDraftOrder(orderId: $o, customerId: $c)', { c: customer?.id });
  await inOrder('$i: CreateAddressInput!', 'setDraftOrderShippingAddress(orderId: $o, input: $i)', {
    i: { streetLine1: 'Kade 12', city: 'Amsterdam', postalCode: '1011 AB', countryCode: 'NL' },
  });
  const methods = 'query M($o: ID!) { eligibleShippingMethodsForDraftOrder(orderId: $o) { id } }';
  const [method] = await ask(api, methods, { o: id }, z.array(Id));
  await inOrder('$m: ID!', 'setDraftOrderShippingMethod(orderId: $o, shippingMethodId: $m)', {
    m: method?.id,
  });
  await inOrder('$s: String!', 'transitionOrderToState(id: $o, state: $s)', { s: 'ArrangingPayment' });
  const { code } = await ask(
    api,
    'mutation Pay($i: ManualPaymentInput!) { addManualPaymentToOrder(input: $i) { ... on Order { code } } }',
    { i: { orderId: id, method: 'ideal', transactionId: `tx-${id}`, metadata: {} } },
    z.object({ code: z.string() }),
  );
  const end = 'mutation E($i: UpdatePromotionInput!) { updatePromotion(input: $i) { __typename } }';
  await ask(api, end, { i: { id: ending, enabled: false } }, z.unknown());
  return code;
}

// Catches: an address changed together with the total, which nobody approved and after which Vendure keeps the order from being shipped.
it('no address is changed where that changes the total', async (test) => {
  if (typeof peer === 'string') return test.skip(peer);
  const { url, password } = peer.ready;
  const options = { baseUrl: url, user: 'admin', password: () => password, timeoutMs: 15_000, fetch };
  const api = createVendureApi(options);
  const orderId = await orderOfAnEndedPromotion(api);
  const before = await findVendureOrder(api, orderId, signal);
  const changes = createVendureChanges(api, () => new Date());
  const move = { kind: 'change_address', orderId, address } as const;
  await expect(changes.apply(move, 't1', signal)).rejects.toThrow(ShopChangeRefused);
  expect(await findVendureOrder(api, orderId, signal)).toEqual(before);
  expect(before?.state).toBe('PaymentSettled');
  expect(await changes.findDone(move, 't1', signal)).toBeNull();

  // As a Cuecard that did not look at the total left it.
  const input = { orderId: before?.id, updateShippingAddress: { city: 'Utrecht' }, note: '[cuecard t2]' };
  const toModifying =
    'mutation S($o: ID!) { transitionOrderToState(id: $o, state: "Modifying") { __typename } }';
  await ask(api, toModifying, { o: before?.id }, z.unknown());
  const modify = 'mutation M($i: ModifyOrderInput!) { modifyOrder(input: $i) { ... on Order { id } } }';
  await ask(api, modify, { i: { ...input, dryRun: false } }, Id);
  const left = await changes.findDone(move, 't2', signal);
  expect(left).toMatchObject({ state: 'changed' });
  expect(left?.proof).toContain('Modifying');
});

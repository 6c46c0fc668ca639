import { afterEach, beforeEach, expect, it } from 'vitest';

import { DEMO_ORDERS, openShopForTests, TEST_NOW } from '../../shop/demo-shop-for-tests.js';
import { openDemoShop } from '../../shop/demo-shop.js';
import type { ToolCustomer } from './tool.js';
import { shopWriteTools } from './write-tools.js';
import type { WriteTool } from './write-tool.js';

let shop: ReturnType<typeof openShopForTests>;
let tools: ReadonlyMap<string, WriteTool>;
beforeEach(() => {
  shop = openShopForTests();
  tools = toolsOf(shop);
});
afterEach(() => shop.close());

function toolsOf({
  backend,
  changes,
}: Pick<typeof shop, 'backend' | 'changes'>): ReadonlyMap<string, WriteTool> {
  const made = shopWriteTools({ ...{ shop: backend, changes, profile: shop.profile }, now: () => TEST_NOW });
  return new Map(made.map((tool) => [tool.name, tool]));
}

const { signal } = new AbortController();
const femke = { name: 'Femke de Vries', email: 'femke.devries@example.com' };
const noor = { name: 'Noor El Amrani', email: 'noor.elamrani@example.com' };

function ask(name: string, input: Record<string, string>, customer: ToolCustomer, key = 'k1') {
  const tool = tools.get(name) ?? expect.fail(`no tool ${name}`);
  const run = { input: tool.input.parse(input), customer, key, signal };
  return { preview: () => tool.preview(run), run: () => tool.run(run), readBack: () => tool.readBack(run) };
}
const factsOf = (outcome: { readonly facts?: readonly { readonly key: string; readonly value: string }[] }) =>
  Object.fromEntries((outcome.facts ?? []).map(({ key, value }) => [key, value]));

it('a part of an order is refunded, with what is left, and no cent more', async () => {
  const part = ask('refund_order', { orderId: 'HP-104244', amount: '20,00', reason: 'Damaged' }, femke);
  expect(await part.preview()).toMatchObject({
    status: 'ready',
    effect: 'Refund 20.00 EUR, a part of order HP-104244 (44.90 EUR), to iDEAL.',
    amount: { amount: 20, currency: 'EUR' },
  });
  expect(await part.readBack()).toBeNull();
  const done = await part.run();
  expect(done).toMatchObject({ status: 'succeeded', proof: 'RF-HP-104244-2000' });
  expect('facts' in done && factsOf(done)).toMatchObject({
    'refund.amount': '20.00 EUR',
    'refund.method': 'iDEAL',
  });
  const over = ask('refund_order', { orderId: 'HP-104244', amount: '24.91', reason: 'x' }, femke, 'k2');
  expect(await over.run()).toEqual({
    ...{ status: 'refused', detail: 'Only 24.90 EUR of order HP-104244 is left to refund.' },
  });
  const rest = ask('refund_order', { orderId: 'HP-104244', amount: '', reason: 'x' }, femke, 'k3');
  expect(await rest.preview()).toMatchObject({
    effect: 'Refund 24.90 EUR, all that is left of order HP-104244 (44.90 EUR), to iDEAL.',
  });
  await rest.run();
  expect(
    await ask('refund_order', { orderId: 'HP-104244', amount: '', reason: 'x' }, femke, 'k4').preview(),
  ).toEqual({
    ...{ status: 'refused', detail: 'All of order HP-104244 was refunded already.' },
  });
});

// Catches: a change asked for twice that is done twice, or one that cannot be found again once it was done.
it('the same key is done once, also at the same time, and is found again after the next start', async () => {
  const input = { orderId: 'HP-104244', amount: '20.00', reason: 'Damaged' };
  const refund = ask('refund_order', input, femke);
  const both = await Promise.all([refund.run(), refund.run()]);
  expect(both[0]).toEqual(both[1]);
  expect((await shop.backend.findOrder('HP-104244', signal))?.refund?.amount).toBe(20);
  const again = openDemoShop({ file: shop.file, seedFile: DEMO_ORDERS, now: TEST_NOW });
  tools = toolsOf(again);
  expect(await ask('refund_order', input, femke).readBack()).toMatchObject({ status: 'succeeded' });
  expect((await again.backend.findOrder('HP-104244', signal))?.refund?.amount).toBe(20);
  again.close();
});

// Catches: a change of an order that belongs to somebody else, or a refusal that tells something of it.
it.each([
  ['refund_order', { orderId: 'HP-104302', amount: '', reason: 'x' }],
  ['cancel_order', { orderId: 'HP-104319', reason: 'x' }],
  ['create_return_label', { orderId: 'HP-104136', reason: 'x' }],
  ['change_subscription', { subscriptionId: 'MC-501', to: 'cancelled' }],
])('%s leaves what belongs to others alone', async (name, input) => {
  const asked = ask(name, input, femke);
  const said = [await asked.preview(), await asked.run()];
  expect(said.map(({ status }) => status)).toEqual(['refused', 'refused']);
  expect(JSON.stringify(said)).not.toMatch(/Sofia|Mateusz|EUR|Crate/);
  expect(await asked.readBack()).toBeNull();
});

it('an order that was not shipped is cancelled and paid back; one on its way is not', async () => {
  const cancel = ask('cancel_order', { orderId: 'HP-104318', reason: 'Ordered twice' }, noor);
  expect(await cancel.preview()).toMatchObject({
    effect: 'Cancel order HP-104318 and refund 72.00 EUR to iDEAL.',
  });
  expect(await cancel.run()).toMatchObject({ status: 'succeeded' });
  expect(await shop.backend.findOrder('HP-104318', signal)).toMatchObject({
    ...{ status: 'cancelled', refund: { amount: 72, status: 'sent' } },
  });
  expect(await cancel.readBack()).toMatchObject({ status: 'succeeded' });
  const late = ask('cancel_order', { orderId: 'HP-104233', reason: 'x' }, femke, 'k2');
  expect(await late.preview()).toEqual({
    ...{ status: 'refused', detail: 'Order HP-104233 is shipped and cannot be cancelled any more.' },
  });
});

it('an address is changed before shipping only', async () => {
  const address = {
    fullName: 'Noor',
    street: 'Kade 1',
    postalCode: '1011 AB',
    city: 'Amsterdam',
    country: 'nl',
  };
  const change = ask('change_address', { orderId: 'HP-104318', ...address }, noor);
  expect(await change.preview()).toMatchObject({
    effect: 'Send order HP-104318 to Noor, Kade 1, 1011 AB Amsterdam, NL.',
  });
  expect(await change.run()).toMatchObject({ status: 'succeeded' });
  const late = ask('change_address', { orderId: 'HP-104233', ...address }, femke, 'k2');
  expect((await late.run()).status).toBe('refused');
});

it('a return is registered with its label, and an own subscription is paused', async () => {
  const label = ask('create_return_label', { orderId: 'HP-104244', reason: 'Too small' }, femke);
  expect(await label.run()).toMatchObject({ status: 'succeeded', proof: 'RT-04244' });
  const owner = { name: 'x', email: 'ravi.menon@example.com' };
  const pause = ask('change_subscription', { subscriptionId: 'MC-504', to: 'paused' }, owner, 'k2');
  expect(await pause.preview()).toMatchObject({
    effect: 'Pause the subscription Morning Crate 1 kg, every 6 weeks.',
  });
  expect(await pause.run()).toMatchObject({ status: 'succeeded' });
  expect((await shop.backend.findCustomerByEmail(owner.email, signal))?.subscriptions[0]?.status).toBe(
    'paused',
  );
});

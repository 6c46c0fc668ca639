import { afterAll, expect, test } from 'vitest';

import { openShopForTests } from '../../../shop/demo-shop-for-tests.js';
import { createLookUpCustomer } from './look-up-customer.js';

const shop = openShopForTests();
afterAll(() => shop.close());
const tool = createLookUpCustomer(shop.backend, shop.print);
const { signal } = new AbortController();
const ravi = { name: 'Ravi Menon', email: 'ravi.menon@example.com' };

// Catches: a look-up that could change something, or that takes anything for an address.
test('only reads', () => {
  expect([tool.name, tool.risk, tool.input.safeParse({ email: 'ravi' }).success]).toEqual([
    'look_up_customer',
    'read',
    false,
  ]);
});

test('tells membership and subscription, ready to print', async () => {
  const outcome = await tool.run({ input: { email: 'Ravi.Menon@example.com' }, customer: ravi, signal });
  const facts = outcome.status === 'succeeded' ? outcome.facts : [];
  expect(facts.map(({ key, value }) => `${key} = ${value}`)).toEqual([
    'customer.firstName = Ravi',
    'customer.membership = Pine Plus',
    'customer.country = Netherlands',
    'subscription.id = MC-504',
    'subscription.plan = Morning Crate 1 kg',
    'subscription.status = active',
    'subscription.interval = every 6 weeks',
    'subscription.nextBillingOn = 9 December 2026',
  ]);
});

// Catches: one customer's data looked up in the conversation of another.
test('looks nobody up but the customer of the conversation', async () => {
  const outcome = await tool.run({ input: { email: 'priya.raman@example.com' }, customer: ravi, signal });
  expect(outcome.status).toBe('refused');
});

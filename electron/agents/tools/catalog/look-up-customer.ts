import { z } from 'zod';

import type { Fact } from '../../../../shared/domain/tool-call.js';
import type { Printable } from '../printable.js';
import type { ShopBackend, ShopCustomer, ShopSubscription } from '../shop-backend.js';
import type { ToolDefinition } from '../tool.js';

const Input = z.object({ email: z.email() });

/** Looks up the customer of the conversation: first name, membership, subscription. Reads only, and nobody else. */
export function createLookUpCustomer(shop: ShopBackend, print: Printable): ToolDefinition<typeof Input> {
  return {
    name: 'look_up_customer',
    title: 'Look up customer',
    description: 'Membership and subscription of the customer of this conversation.',
    risk: 'read',
    input: Input,
    async run({ input, customer, signal }) {
      if (input.email.toLowerCase() !== customer.email?.toLowerCase()) {
        return {
          status: 'refused',
          detail: 'This address is not the one of the customer of this conversation.',
        };
      }
      const found = await shop.findCustomerByEmail(input.email, signal);
      if (!found)
        return { status: 'not_found', detail: 'There is no customer with the address of this conversation.' };
      return { status: 'succeeded', facts: customerFacts(found, print) };
    },
  };
}

function customerFacts({ name, membership, country, subscriptions }: ShopCustomer, print: Printable): Fact[] {
  const current = subscriptions.find(({ status }) => status !== 'cancelled') ?? subscriptions[0];
  return [
    { key: 'customer.firstName', label: 'First name', value: name.split(/\s+/)[0] ?? name },
    { key: 'customer.membership', label: 'Membership', value: membership ?? 'none' },
    { key: 'customer.country', label: 'Country', value: country },
    ...(current ? subscriptionFacts(current, print) : []),
  ];
}

function subscriptionFacts(subscription: ShopSubscription, print: Printable): Fact[] {
  const { id, plan, everyWeeks, status, nextBillingAt } = subscription;
  return [
    { key: 'subscription.id', label: 'Subscription number', value: id },
    { key: 'subscription.plan', label: 'Subscription', value: plan },
    { key: 'subscription.status', label: 'Subscription status', value: status.replaceAll('_', ' ') },
    { key: 'subscription.interval', label: 'Delivered', value: `every ${String(everyWeeks)} weeks` },
    ...(nextBillingAt
      ? [{ key: 'subscription.nextBillingOn', label: 'Next billing', value: print.day(nextBillingAt) }]
      : []),
  ];
}

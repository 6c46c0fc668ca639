import { z } from 'zod';

import { ShopChangeRefused, type ShopChange, type ShopChangeDone } from '../shop-changes.js';
import type { ShopSubscription } from '../shop-backend.js';
import type { ActionOutcome, ActionRun, WriteTool } from '../write-tool.js';
import type { ChangeDeps } from './change-tool.js';

const Input = z.object({
  subscriptionId: z.string().min(1, 'is missing').max(64),
  to: z.enum(['active', 'paused', 'cancelled'], 'choose one'),
});

const words = { active: 'Resume', paused: 'Pause', cancelled: 'Cancel' } as const;
const TIME_LIMIT_MS = 20_000;

/** Pauses, resumes or cancels a subscription of the customer of the conversation. */
export function createChangeSubscription({ shop, changes, print }: ChangeDeps): WriteTool<typeof Input> {
  type Run = Omit<ActionRun<z.output<typeof Input>>, 'key'>;

  async function own({ input, customer, signal }: Run): Promise<ShopSubscription | string> {
    const owner = customer.email === null ? null : await shop.findCustomerByEmail(customer.email, signal);
    const found = owner?.subscriptions.find(({ id }) => id === input.subscriptionId);
    if (!found) return 'The customer of this conversation has no such subscription.';
    if (found.status === 'cancelled') return 'This subscription is cancelled already.';
    return found.status === input.to ? `This subscription is ${input.to} already.` : found;
  }

  const changeOf = ({ subscriptionId, to }: z.output<typeof Input>): ShopChange => ({
    kind: 'change_subscription',
    subscriptionId,
    to,
  });

  const succeeded = ({ state, at, proof }: ShopChangeDone): ActionOutcome => ({
    status: 'succeeded',
    facts: [
      { key: 'subscription.status', label: 'Subscription status', value: state },
      { key: 'subscription.changedOn', label: 'Changed on', value: print.day(at) },
    ],
    proof,
  });

  return {
    name: 'change_subscription',
    title: 'Change subscription',
    description: 'Pauses, resumes or cancels a subscription of this customer.',
    risk: 'write',
    input: Input,
    fields: [
      { key: 'subscriptionId', label: 'Subscription', kind: 'text', isEditable: false },
      {
        ...{ key: 'to', label: 'New state', kind: 'choice', isEditable: true },
        options: ['active', 'paused', 'cancelled'],
      },
    ],
    argumentsFrom: { subscriptionId: 'subscription_id' },
    timeLimitMs: TIME_LIMIT_MS,
    async preview(run) {
      const found = await own(run);
      if (typeof found === 'string') return { status: 'refused', detail: found };
      const { plan, everyWeeks, status } = found;
      return {
        status: 'ready',
        effect: `${words[run.input.to]} the subscription ${plan}, every ${String(everyWeeks)} weeks.`,
        call: changes.describe(changeOf(run.input)),
        amount: null,
        facts: [
          { key: 'subscription.status', label: 'Subscription status', value: status.replaceAll('_', ' ') },
        ],
      };
    },
    async run(run) {
      const found = await own(run);
      if (typeof found === 'string') return { status: 'refused', detail: found };
      try {
        return succeeded(await changes.apply(changeOf(run.input), run.key, run.signal));
      } catch (error) {
        if (error instanceof ShopChangeRefused) return { status: 'refused', detail: error.message };
        throw error;
      }
    },
    async readBack({ input, key, signal }) {
      const done = await changes.findDone(changeOf(input), key, signal);
      return done && succeeded(done);
    },
  };
}

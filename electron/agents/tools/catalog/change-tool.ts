import type { z } from 'zod';

import type { Money } from '../../../../shared/domain/action.js';
import type { Fact } from '../../../../shared/domain/tool-call.js';
import type { Printable } from '../printable.js';
import type { ShopBackend, ShopOrder } from '../shop-backend.js';
import {
  ShopChangeRefused,
  type ShopChange,
  type ShopChangeDone,
  type ShopChanges,
} from '../shop-changes.js';
import type { ActionOutcome, ActionRun, WriteTool } from '../write-tool.js';
import { findOwnOrder } from './own-order.js';

/** The systems and words a change needs. */
export interface ChangeDeps {
  readonly shop: ShopBackend;
  readonly changes: ShopChanges;
  readonly print: Printable;
  /** ISO 4217, the team's. */
  readonly currency: string;
}

/** What asking for a change of this order comes to, or why it makes no sense. */
export type PlannedChange =
  | { readonly change: ShopChange; readonly effect: string; readonly amount: Money | null }
  | { readonly refused: string };

type OrderInput = z.ZodType<Record<string, string> & { readonly orderId: string }>;

/** What tells one change of an order from another. */
export interface ChangeSpec<Schema extends OrderInput> extends Pick<
  WriteTool<Schema>,
  'name' | 'title' | 'description' | 'input' | 'fields' | 'argumentsFrom'
> {
  readonly plan: (input: z.output<Schema>, order: ShopOrder, deps: ChangeDeps) => PlannedChange;
  readonly facts: (done: ShopChangeDone, order: ShopOrder, deps: ChangeDeps) => readonly Fact[];
}

/** A shop may take long over a payment, yet not longer than a rep waits. */
const TIME_LIMIT_MS = 20_000;

/** A change of an order that belongs to the customer of the conversation: looked up anew before it is shown and before it is done. */
export function createChangeTool<Schema extends OrderInput>(
  spec: ChangeSpec<Schema>,
  deps: ChangeDeps,
): WriteTool<Schema> {
  const { shop, changes, print } = deps;
  const { plan, facts, ...rest } = spec;

  async function planned({ input, customer, signal }: Omit<ActionRun<z.output<Schema>>, 'key'>) {
    const found = await findOwnOrder(shop, input.orderId, customer, signal);
    if ('outcome' in found)
      return { order: null, refused: found.outcome.status === 'succeeded' ? '' : found.outcome.detail };
    return { order: found.order, ...plan(input, found.order, deps) };
  }

  const succeeded = (done: ShopChangeDone, order: ShopOrder): ActionOutcome => ({
    status: 'succeeded',
    facts: [{ key: 'order.id', label: 'Order', value: order.id }, ...facts(done, order, deps)],
    proof: done.proof,
  });

  return {
    ...{ ...rest, risk: 'write', timeLimitMs: TIME_LIMIT_MS },
    async preview(run) {
      const asked = await planned(run);
      if ('refused' in asked) return { status: 'refused', detail: asked.refused };
      const { change, effect, amount, order } = asked;
      return {
        ...{ status: 'ready', effect, amount },
        call: changes.describe(change),
        facts: ruleFacts(order, print),
      };
    },
    async run(run) {
      const asked = await planned(run);
      if ('refused' in asked) {
        // What makes no sense any more may be what an earlier try has done.
        const { order } = asked;
        const done = order && (await changes.findDone(asNothing(order.id), run.key, run.signal));
        return done ? succeeded(done, order) : { status: 'refused', detail: asked.refused };
      }
      try {
        return succeeded(await changes.apply(asked.change, run.key, run.signal), asked.order);
      } catch (error) {
        if (error instanceof ShopChangeRefused) return { status: 'refused', detail: error.message };
        throw error;
      }
    },
    async readBack(run) {
      const order = await shop.findOrder(run.input.orderId, run.signal);
      if (!order) return null;
      // What was planned then may not be planned now, since it may have been done: the key alone finds it.
      const asked = plan(run.input, order, deps);
      const change = 'change' in asked ? asked.change : asNothing(order.id);
      const done = await changes.findDone(change, run.key, run.signal);
      return done && succeeded(done, order);
    },
  };
}

const asNothing = (orderId: string): ShopChange => ({ kind: 'refund', orderId, amount: null, reason: '' });

/** What the team's rules ask about an order. */
function ruleFacts(order: ShopOrder, print: Printable): Fact[] {
  const { id, status, placedAt, deliveredAt, total, refund, items } = order;
  return [
    { key: 'order.id', label: 'Order', value: id },
    { key: 'order.status', label: 'Status', value: status.replaceAll('_', ' ') },
    { key: 'order.total', label: 'Total', value: print.money(total) },
    { key: 'order.items', label: 'Items', value: items.map(({ name }) => name).join(', ') },
    { key: 'order.daysSinceOrder', label: 'Since order', value: `${String(print.daysSince(placedAt))} days` },
    ...(deliveredAt
      ? [
          {
            key: 'order.daysSinceDelivery',
            label: 'Since delivery',
            value: `${String(print.daysSince(deliveredAt))} days`,
          },
        ]
      : []),
    ...(refund
      ? [{ key: 'refund.amount', label: 'Refunded so far', value: print.money(refund.amount) }]
      : []),
  ];
}

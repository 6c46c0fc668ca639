import { z } from 'zod';

import type { ShopChange, ShopChangeDone } from '../../agents/tools/shop-changes.js';
import { VendureRefusal, type VendureApi } from './vendure-api.js';
import { paymentOf, refundsOf, type VendureOrder } from './vendure-order.js';
import { findVendureOrder } from './vendure-shop.js';

export const ERRORS = '... on ErrorResult { errorCode message }';
const HISTORY = `query History($id: ID!) { order(id: $id) { modifications { note createdAt } history(options: { take: 100, sort: { createdAt: DESC } }) { items { type createdAt data } } } }`;
export const MOVE = `mutation Move($id: ID!, $state: String!) { transitionOrderToState(id: $id, state: $state) { __typename ... on Order { id } ${ERRORS} } }`;

const At = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
export const Made = z.object({ id: z.union([z.string(), z.number()]).transform(String) });
const History = z
  .object({
    modifications: z.array(z.object({ note: z.string(), createdAt: At })),
    history: z.object({
      items: z.array(z.object({ type: z.string(), createdAt: At, data: z.unknown() })),
    }),
  })
  .nullable();

/** The private note that ends a cancellation. */
export const CANCELLED = 'Cancelled and refunded.';
/** How a change's key is found again: in the reason of a refund, in the note of a modification, or in a private note of the order. */
export const tagOf = (key: string): string => `[cuecard ${key}]`;

const STILL_MODIFYING = 'Vendure keeps it in "Modifying", since its total changed: end that there.';
/** What the same key goes on with: the order is cancelled and its money not paid back. */
export const BEGUN = 'begun';

/**
 * Whether the change of `key` was done, or begun; null when surely not. It is looked for everywhere, since what was asked for then may not be known any
 * more once it makes no sense now. An order whose address was changed by a try that was cut off is led out of `Modifying`.
 * @throws VendureRefusal, AppErrorException BUSINESS_*: nobody knows then.
 */
export async function findVendureChange(
  api: VendureApi,
  change: ShopChange,
  key: string,
  signal: AbortSignal,
): Promise<ShopChangeDone | typeof BEGUN | null> {
  if (!('orderId' in change)) return null;
  const order = await findVendureOrder(api, change.orderId, signal);
  if (!order) return null;
  const refund = refundsOf(order).find(({ reason }) => reason?.includes(tagOf(key)));
  if (change.kind === 'refund' && refund) return refundDone(refund);
  const found = await api.ask(HISTORY, { id: order.id }, History, signal);
  const entries = (wanted: string) =>
    (found?.history.items ?? [])
      .filter(({ type }) => type === wanted)
      .map(({ data, createdAt }) => ({ text: JSON.stringify(data), at: createdAt }));
  const marks = [
    ...(found?.modifications ?? []).map(({ note, createdAt }) => ({ text: note, at: createdAt })),
    ...entries('ORDER_NOTE'),
  ];
  const isOurs = ({ text }: { readonly text: string }): boolean => text.includes(tagOf(key));
  const amount = refund ? { amount: refund.total / 100 } : {};
  const mark = marks.find(isOurs);
  if (!mark) {
    const cancelled = entries('ORDER_CANCELLATION').find(isOurs);
    if (!cancelled) return null;
    const back = refundsOf(order).reduce((sum, { total }) => sum + total, 0);
    if ((paymentOf(order)?.amount ?? 0) > back) return BEGUN;
    return { proof: order.code, at: cancelled.at, state: 'cancelled', ...amount };
  }
  const newest = found?.modifications.reduce((a, b) => (b.createdAt > a.createdAt ? b : a), {
    ...{ note: '', createdAt: new Date(0) },
  });
  // Our own try was cut off before it led the order out again.
  const isLeft = order.state === 'Modifying' && newest?.note === mark.text;
  const isOut = !isLeft || (await leaveModifying(api, order, signal));
  return {
    ...{ proof: isOut ? order.code : `${order.code}. ${STILL_MODIFYING}`, at: mark.at },
    state: mark.text.includes(CANCELLED) ? 'cancelled' : 'changed',
    ...amount,
  };
}

/** False where Vendure refuses it: its total changed with the address, and somebody has to pay or to be paid first. */
async function leaveModifying(api: VendureApi, order: VendureOrder, signal: AbortSignal): Promise<boolean> {
  const isSettled = order.payments?.some(({ state }) => state === 'Settled');
  const state = isSettled ? 'PaymentSettled' : 'PaymentAuthorized';
  try {
    await api.ask(MOVE, { id: order.id, state }, Made, signal);
    return true;
  } catch (error) {
    if (error instanceof VendureRefusal) return false;
    throw error;
  }
}

function refundDone({ id, total, state, createdAt }: ReturnType<typeof refundsOf>[number]): ShopChangeDone {
  return {
    ...{ proof: `refund ${id}`, at: createdAt, amount: total / 100 },
    state: state === 'Settled' ? 'sent' : state.toLowerCase(),
  };
}

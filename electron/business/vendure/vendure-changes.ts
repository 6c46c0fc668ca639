import { z } from 'zod';

import {
  ShopChangeRefused,
  type ShopChange,
  type ShopChangeDone,
  type ShopChanges,
} from '../../agents/tools/shop-changes.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { VendureRefusal, type VendureApi } from './vendure-api.js';
import { paymentOf, refundsOf, type VendureOrder } from './vendure-order.js';
import { BEGUN, CANCELLED, ERRORS, findVendureChange, Made, MOVE, tagOf } from './vendure-proof.js';
import { findVendureOrder } from './vendure-shop.js';

const REFUND = `mutation Refund($input: RefundOrderInput!) { refundOrder(input: $input) { __typename ... on Refund { id } ${ERRORS} } }`;
const CANCEL = `mutation Cancel($input: CancelOrderInput!) { cancelOrder(input: $input) { __typename ... on Order { id } ${ERRORS} } }`;
const MODIFY = `mutation Modify($input: ModifyOrderInput!) { modifyOrder(input: $input) { __typename ... on Order { id totalWithTax } ${ERRORS} } }`;
const NOTE = `mutation Note($input: AddNoteToOrderInput!) { addNoteToOrder(input: $input) { id } }`;

const Modified = Made.extend({ totalWithTax: z.number() });

const newTotal = ({ code, totalWithTax }: VendureOrder, next: number): string =>
  `With the new address order ${code} would cost ${(next / 100).toFixed(2)} instead of ${(totalWithTax / 100).toFixed(2)}, since prices, taxes or promotions of the shop changed. Change it in Vendure.`;

const minor = (amount: number): number => Math.round(amount * 100);

/**
 * Changes orders of a Vendure shop.
 *
 * Vendure has no idempotency keys. The key is written into what is kept with the change (the reason of a refund, the note of a modification, a private
 * note after a cancellation), looked for before each change, and read back after one that was refused or had no answer; within this app one change
 * is under way at a time. That the same key is done twice then takes two computers that ask in the same moment.
 */
export function createVendureChanges(api: VendureApi, now: () => Date): ShopChanges {
  const inFlight = new Map<string, Promise<ShopChangeDone>>();

  const findDone: ShopChanges['findDone'] = async (asked, key, signal) => {
    const found = await findVendureChange(api, asked, key, signal);
    // Neither done nor nothing: a person looks there, or the same key is asked for again, which goes on with it.
    if (found === BEGUN)
      throw new AppErrorException('BUSINESS_ANSWER_UNREADABLE', 'cancelled and not paid back yet');
    return found;
  };

  async function orderOf(change: ShopChange, signal: AbortSignal): Promise<VendureOrder> {
    const order = 'orderId' in change ? await findVendureOrder(api, change.orderId, signal) : null;
    if (!order) throw new ShopChangeRefused('There is no such order.');
    return order;
  }

  async function refund(
    order: VendureOrder,
    amount: number | null,
    why: string,
    signal: AbortSignal,
  ): Promise<void> {
    const payment = paymentOf(order);
    if (!payment) throw new ShopChangeRefused(`Order ${order.code} was not paid.`);
    const left = payment.amount - refundsOf(order).reduce((sum, { total }) => sum + total, 0);
    const wanted = amount === null ? left : minor(amount);
    if (wanted <= 0 || wanted > left)
      throw new ShopChangeRefused(
        `Only ${(left / 100).toFixed(2)} of order ${order.code} is left to refund.`,
      );
    // The three zeros are deprecated in 3.x and some databases still refuse a refund without them.
    const old = { lines: [], shipping: 0, adjustment: 0 };
    const input = { paymentId: payment.id, amount: wanted, reason: why, ...old };
    await api.ask(REFUND, { input }, Made, signal);
  }

  async function change(asked: ShopChange, key: string, signal: AbortSignal): Promise<void> {
    const order = await orderOf(asked, signal);
    const note = (text: string): Promise<unknown> =>
      api.ask(
        NOTE,
        { input: { id: order.id, note: `${text} ${tagOf(key)}`, isPublic: false } },
        Made,
        signal,
      );
    switch (asked.kind) {
      case 'refund':
        return refund(order, asked.amount, `${asked.reason} ${tagOf(key)}`, signal);
      case 'cancel_order': {
        if (!['PaymentAuthorized', 'PaymentSettled', 'Cancelled'].includes(order.state))
          throw new ShopChangeRefused(
            `Order ${order.code} is ${order.state} and cannot be cancelled any more.`,
          );
        const reason = `${asked.reason} ${tagOf(key)}`;
        if (order.state !== 'Cancelled')
          await api.ask(CANCEL, { input: { orderId: order.id, cancelShipping: true, reason } }, Made, signal);
        const paid = paymentOf(order)?.amount ?? 0;
        const back = refundsOf(order).reduce((sum, { total }) => sum + total, 0);
        if (paid > back) await refund(order, null, reason, signal);
        // Last: only with it the change counts as done.
        await note(CANCELLED);
        return;
      }
      case 'change_address': {
        if (order.state !== 'PaymentAuthorized' && order.state !== 'PaymentSettled')
          throw new ShopChangeRefused(
            `Order ${order.code} is ${order.state}; its address cannot be changed any more.`,
          );
        const { fullName, street, postalCode, city, country } = asked.address;
        const updateShippingAddress = {
          fullName,
          streetLine1: street,
          postalCode,
          city,
          countryCode: country,
        };
        const { id } = order;
        await api.ask(MOVE, { id, state: 'Modifying' }, Made, signal);
        try {
          // With the key, so that the address and the proof of it come into being together.
          const why = `Address changed. ${tagOf(key)}`;
          const options = { recalculateShipping: false };
          const modify = { orderId: id, updateShippingAddress, note: why, options };
          const tried = await api.ask(MODIFY, { input: { ...modify, dryRun: true } }, Modified, signal);
          // Vendure counts the order anew, and lets none of another total go on before somebody pays or is paid.
          if (tried.totalWithTax !== order.totalWithTax)
            throw new ShopChangeRefused(newTotal(order, tried.totalWithTax));
          await api.ask(MODIFY, { input: { ...modify, dryRun: false } }, Modified, signal);
        } finally {
          // An order left in "Modifying" would not be shipped.
          await api.ask(MOVE, { id, state: order.state }, Made, new AbortController().signal);
        }
        return;
      }
      default:
        throw new ShopChangeRefused('Vendure cannot do this.');
    }
  }

  async function once(asked: ShopChange, key: string, signal: AbortSignal): Promise<ShopChangeDone> {
    const before = await findVendureChange(api, asked, key, signal);
    if (before !== null && before !== BEGUN) return before;
    try {
      await change(asked, key, signal);
    } catch (error) {
      const refused = error instanceof VendureRefusal ? new ShopChangeRefused(error.message) : error;
      if (!(refused instanceof ShopChangeRefused)) throw error;
      // An earlier try may have been done since it was looked for: then that is why this one is refused.
      const late = await findDone(asked, key, signal);
      if (late) return late;
      throw refused;
    }
    const done = await findDone(asked, key, signal);
    return done ?? { proof: 'orderId' in asked ? asked.orderId : '', at: now(), state: 'done' };
  }

  return {
    kinds: new Set(['refund', 'cancel_order', 'change_address']),
    describe: ({ kind, ...rest }) => `Vendure Admin API: ${operations[kind]} ${JSON.stringify(rest)}`,
    apply(asked, key, signal) {
      const running = inFlight.get(key) ?? once(asked, key, signal).finally(() => inFlight.delete(key));
      inFlight.set(key, running);
      return running;
    },
    findDone,
  };
}

const operations: Readonly<Record<ShopChange['kind'], string>> = {
  refund: 'refundOrder',
  cancel_order: 'cancelOrder, refundOrder',
  change_address: 'modifyOrder',
  return_label: 'none',
  change_subscription: 'none',
};

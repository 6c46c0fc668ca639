import { setTimeout as wait } from 'node:timers/promises';

import { z } from 'zod';

import {
  ShopChangeRefused,
  type ShopAddress,
  type ShopChange,
  type ShopChangeDone,
  type ShopChanges,
} from '../../agents/tools/shop-changes.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { ShopifyRefusal, type ShopifyApi } from './shopify-api.js';
import { isSent, isTurnedDown, refundable, type ShopifyOrder, type ShopifyRefund } from './shopify-order.js';
import { findShopifyOrder } from './shopify-shop.js';

const REFUND = `mutation Refund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) { refund { id } userErrors { field message } } }`;
const CANCEL = `mutation Cancel($orderId: ID!, $reason: OrderCancelReason!, $refundMethod: OrderCancelRefundMethodInput!, $restock: Boolean!, $notifyCustomer: Boolean, $staffNote: String) {
  orderCancel(orderId: $orderId, reason: $reason, refundMethod: $refundMethod, restock: $restock, notifyCustomer: $notifyCustomer, staffNote: $staffNote) {
    job { id done } orderCancelUserErrors { field message code } } }`;
const UPDATE = `mutation Update($input: OrderInput!) { orderUpdate(input: $input) { order { id } userErrors { field message } } }`;
const Any = z.object({}).loose();

/** How a change's key is found again: in the note of a refund or of a cancellation. */
const tagOf = (key: string): string => `[cuecard ${key}]`;
/** Shopify cancels in the background; how often and how long it is looked for, in milliseconds. */
const LOOKS_MS = [300, 700, 1_500, 3_000, 5_000];

/**
 * Changes orders of a Shopify shop.
 *
 * A refund carries its key as Shopify's own idempotency key, and in its note, where it is found again. A cancellation can be made once only, and an
 * address is the same however often it is set; their keys lie in the staff note and in a metafield of the order (`cuecard.last_change`).
 */
export function createShopifyChanges(api: ShopifyApi, looksMs: readonly number[] = LOOKS_MS): ShopChanges {
  async function findDone(
    asked: ShopChange,
    key: string,
    signal: AbortSignal,
  ): Promise<ShopChangeDone | null> {
    const order = 'orderId' in asked ? await findShopifyOrder(api, asked.orderId, signal) : null;
    return order && doneIn(order, key);
  }

  async function refund(
    order: ShopifyOrder,
    { amount, reason }: { readonly amount: number | null; readonly reason: string },
    key: string,
    signal: AbortSignal,
  ): Promise<void> {
    if (order.currencyCode !== order.presentmentCurrencyCode)
      throw new ShopChangeRefused(
        `Order ${order.name} was paid in ${order.presentmentCurrencyCode}; refund it in Shopify itself.`,
      );
    const payments = refundable(order);
    const left = payments.reduce((sum, one) => sum + one.left, 0);
    const wanted = amount === null ? left : Math.round(amount * 100);
    if (wanted <= 0 || wanted > left)
      throw new ShopChangeRefused(
        `Only ${(left / 100).toFixed(2)} of order ${order.name} is left to refund.`,
      );
    const { id: orderId } = order;
    let open = wanted;
    const transactions = payments.flatMap(({ payment, left: most }) => {
      const part = Math.min(open, most);
      open -= part;
      const { id: parentId, gateway } = payment;
      if (part <= 0) return [];
      if (gateway === null)
        throw new ShopChangeRefused(
          `Shopify does not say how order ${order.name} was paid; refund it in Shopify itself.`,
        );
      return [{ orderId, parentId, kind: 'REFUND', gateway, amount: (part / 100).toFixed(2) }];
    });
    const input = { orderId, note: `${reason} ${tagOf(key)}`, notify: false, transactions };
    await api.ask(REFUND, { input, key }, Any, signal);
  }

  async function change(asked: ShopChange, order: ShopifyOrder, key: string, signal: AbortSignal) {
    switch (asked.kind) {
      case 'refund':
        return refund(order, asked, key, signal);
      case 'cancel_order': {
        if (order.cancelledAt) throw new ShopChangeRefused(`Order ${order.name} is cancelled already.`);
        if (order.fulfillments.some(({ status }) => status === 'SUCCESS'))
          throw new ShopChangeRefused(`Order ${order.name} was sent and cannot be cancelled any more.`);
        const refundMethod = { originalPaymentMethodsRefund: true };
        const options = { reason: 'CUSTOMER', restock: true, notifyCustomer: false, refundMethod };
        const staffNote = `${asked.reason} ${tagOf(key)}`;
        await api.ask(CANCEL, { orderId: order.id, ...options, staffNote }, Any, signal);
        return;
      }
      case 'change_address': {
        if (order.cancelledAt || order.fulfillments.some(({ status }) => status === 'SUCCESS'))
          throw new ShopChangeRefused(`The address of order ${order.name} cannot be changed any more.`);
        const mark = { namespace: 'cuecard', key: 'last_change', type: 'single_line_text_field', value: key };
        const input = { id: order.id, shippingAddress: toMailing(asked.address), metafields: [mark] };
        await api.ask(UPDATE, { input }, Any, signal);
        return;
      }
      default:
        throw new ShopChangeRefused('Shopify cannot do this.');
    }
  }

  return {
    kinds: new Set(['refund', 'cancel_order', 'change_address']),
    describe: ({ kind, ...rest }) => `Shopify Admin API: ${operations[kind]} ${JSON.stringify(rest)}`,
    async apply(asked, key, signal) {
      const order = 'orderId' in asked ? await findShopifyOrder(api, asked.orderId, signal) : null;
      if (!order) throw new ShopChangeRefused('There is no such order.');
      const before = doneIn(order, key);
      if (before) return before;
      let refused: ShopChangeRefused | null = null;
      try {
        await change(asked, order, key, signal);
      } catch (error) {
        if (error instanceof ShopChangeRefused) throw error;
        if (!(error instanceof ShopifyRefusal)) throw error;
        refused = new ShopChangeRefused(error.message);
      }
      // Also after a no: a cancellation that was under way answers the second asker “cancelled already”.
      for (const waitMs of [0, ...(refused ? [] : looksMs)]) {
        await wait(waitMs, undefined, { signal });
        const now = await findShopifyOrder(api, order.name, signal);
        const done = now && doneIn(now, key);
        if (done) return done;
        if (now?.refunds.some((one) => one.note?.includes(tagOf(key)) && isTurnedDown(one)))
          throw new ShopChangeRefused('The payment provider turned the refund down.');
      }
      throw refused ?? new AppErrorException('BUSINESS_UNREACHABLE', 'it does not show the change yet');
    },
    findDone,
  };
}

/** Looked for everywhere: what was asked for then is not known any more when a restart looks. */
function doneIn(order: ShopifyOrder, key: string): ShopChangeDone | null {
  const { name, refunds, cancelledAt, cancellation, lastChange } = order;
  const refund = refunds.find((one) => one.note?.includes(tagOf(key)) && !isTurnedDown(one));
  if (refund) return refundDone(refund, order);
  if (cancelledAt && cancellation?.staffNote?.includes(tagOf(key)))
    return { proof: name, at: cancelledAt, state: 'cancelled', ...backOf(refunds) };
  return lastChange?.value === key ? { proof: name, at: lastChange.updatedAt, state: 'changed' } : null;
}

function refundDone(refund: ShopifyRefund, order: ShopifyOrder): ShopChangeDone {
  return {
    // `gid://shopify/Refund/123` as people read it.
    proof: `refund ${refund.id.split('/').at(-1) ?? refund.id}`,
    at: refund.createdAt ?? order.processedAt,
    amount: refund.totalRefundedSet,
    state: isSent(refund) ? 'sent' : 'pending',
  };
}

/** What a cancelled order had paid back. */
function backOf(refunds: readonly ShopifyRefund[]): { readonly amount?: number } {
  const back = refunds.filter((refund) => !isTurnedDown(refund));
  const cents = back.reduce((sum, { totalRefundedSet }) => sum + Math.round(totalRefundedSet * 100), 0);
  return cents > 0 ? { amount: cents / 100 } : {};
}

function toMailing({ fullName, street, postalCode, city, country }: ShopAddress) {
  const [firstName = '', ...rest] = fullName.trim().split(/\s+/u);
  return {
    ...{ firstName, lastName: rest.join(' '), address1: street },
    ...{ zip: postalCode, city, countryCode: country },
  };
}

const operations: Readonly<Record<ShopChange['kind'], string>> = {
  refund: 'refundCreate',
  cancel_order: 'orderCancel',
  change_address: 'orderUpdate',
  return_label: 'none',
  change_subscription: 'none',
};

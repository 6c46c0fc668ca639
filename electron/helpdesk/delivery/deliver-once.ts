import { randomUUID } from 'node:crypto';

import type { DeliveryMode } from '../../../shared/domain/helpdesk.js';
import { errorCodeOf } from '../../../shared/errors/app-error.js';
import type { Logger } from '../../../shared/lib/logger.js';
import type { HelpdeskConnector, HelpdeskMessage } from '../connectors/connector.js';
import { HelpdeskFailure } from '../connectors/helpdesk-failure.js';
import type { DeliveryStore, StoredDelivery } from './delivery-store.js';
import { lookForDelivery } from './look-for-delivery.js';

export interface DeliverOnceDeps {
  readonly store: DeliveryStore;
  readonly log: Logger;
  /** Waits between two looks after what may have been written, in milliseconds. */
  readonly lookAgainMs?: readonly number[];
}

export interface DeliverRequest {
  readonly connector: HelpdeskConnector;
  readonly conversationId: string;
  readonly nativeId: string;
  readonly mode: DeliveryMode;
  readonly text: string;
  /** Where the messages known so far end. */
  readonly cursor: string | null;
  /** What this delivery is known by, a new one when left out; whoever gives the same twice has made sure that the first one is not there. */
  readonly key?: string;
}

export interface DeliverOnce {
  /**
   * Delivers a text once. @returns the message as the helpdesk holds it; null for a draft, which is no message.
   * @throws HelpdeskFailure the refusal, or HELPDESK_WRITE_UNCERTAIN when nothing tells whether it is there.
   */
  deliver(request: DeliverRequest, signal: AbortSignal): Promise<HelpdeskMessage | null>;
  /** Looks after a delivery that a kill or a break left without an end. @returns how it stands now. */
  settle(
    delivery: StoredDelivery,
    connector: HelpdeskConnector,
    nativeId: string,
    signal: AbortSignal,
  ): Promise<StoredDelivery>;
}

/** The rep was told that nobody knows; until they hear the end, the same text is not delivered anew. */
const FOUND_LATER = 'Found in the helpdesk later.';

const LOOK_AGAIN_MS = [500, 2_000, 6_000] as const;

/**
 * Exactly once: the key is on disk before the call, and after a call without an answer the conversation is read back. Only when the text
 * is not there may it be sent again, by the rep; nothing is ever sent again by itself.
 */
export function createDeliverOnce({ store, log, lookAgainMs = LOOK_AGAIN_MS }: DeliverOnceDeps): DeliverOnce {
  async function settle(
    delivery: StoredDelivery,
    connector: HelpdeskConnector,
    nativeId: string,
    signal: AbortSignal,
  ): Promise<StoredDelivery> {
    // A draft is no message: where the helpdesk does not know it by its key, it stays for the rep to look at.
    if (delivery.mode === 'draft' && !connector.hasDraft)
      store.end(delivery.key, 'uncertain', 'A draft cannot be read back.', null);
    else if (delivery.mode === 'draft') {
      const isThere = await connector.hasDraft?.(delivery.key, signal);
      if (isThere) store.end(delivery.key, 'sent', FOUND_LATER, null);
      else store.end(delivery.key, 'missing', 'It is not in the helpdesk.', null);
    } else {
      const found = await lookForDelivery(delivery, null, connector, nativeId, signal);
      if (found) store.end(delivery.key, 'sent', FOUND_LATER, found.id);
      else store.end(delivery.key, 'missing', 'It is not in the helpdesk.', null);
    }
    return store.find(delivery.key) ?? delivery;
  }

  return {
    async deliver(request, signal) {
      const { connector, conversationId, nativeId, mode, text, cursor, key = randomUUID() } = request;
      // What came since the last look must not be taken for what is delivered now.
      const before = await connector.messages(nativeId, cursor, signal);
      store.begin({ key, conversationId, mode, text, cursor: before.cursor });
      let messageId: string | null = null;
      try {
        messageId = await connector.deliver(nativeId, { mode, text, key, ifVersion: null }, signal);
      } catch (error) {
        if (isChanged(error)) return whyChanged(key, connector, nativeId, error, signal);
        if (isCertain(error)) {
          store.end(key, 'refused', error.error.message, null);
          throw error;
        }
        log.warn('delivery.uncertain', { code: errorCodeOf(error) });
        return foundAfterBreak(key, connector, nativeId, error);
      }
      store.end(key, 'sent', '', messageId);
      if (mode === 'draft') return null;
      const cursorBefore = { text, mode, cursor: before.cursor };
      return (
        (await lookForDelivery(cursorBefore, messageId, connector, nativeId, signal).catch(() => null)) ??
        writtenNow(key, mode, text, messageId)
      );
    },
    settle,
  };

  /** It changed by somebody else, or by this very text, which an earlier try has brought there after all. */
  async function whyChanged(
    key: string,
    connector: HelpdeskConnector,
    nativeId: string,
    refusal: HelpdeskFailure,
    signal: AbortSignal,
  ): Promise<HelpdeskMessage | null> {
    const delivery = store.find(key);
    const isMessage = delivery !== null && delivery.mode !== 'draft';
    const found = isMessage
      ? await lookForDelivery(delivery, null, connector, nativeId, signal).catch(() => undefined)
      : null;
    if (found === undefined) return foundAfterBreak(key, connector, nativeId, refusal);
    if (found) store.end(key, 'sent', '', found.id);
    else store.end(key, 'refused', refusal.error.message, null);
    if (found) return found;
    throw refusal;
  }

  async function foundAfterBreak(
    key: string,
    connector: HelpdeskConnector,
    nativeId: string,
    cause: unknown,
  ): Promise<HelpdeskMessage | null> {
    store.end(key, 'uncertain', 'No answer came.', null);
    const delivery = store.find(key);
    // Not the rep's signal: whether it was sent must be known although they look at something else now.
    const signal = new AbortController().signal;
    const isDraft = delivery?.mode === 'draft';
    for (const waitMs of delivery && (!isDraft || connector.hasDraft) ? lookAgainMs : []) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (!delivery) break;
      if (isDraft) {
        const isThere = await connector.hasDraft?.(key, signal).catch(() => undefined);
        if (isThere) {
          store.end(key, 'sent', '', null);
          return null;
        }
        if (isThere === false) store.end(key, 'missing', 'It is not in the helpdesk.', null);
        continue;
      }
      const found = await lookForDelivery(delivery, null, connector, nativeId, signal).catch(() => undefined);
      if (found) {
        store.end(key, 'sent', '', found.id);
        return found;
      }
      if (found === null) store.end(key, 'missing', 'It is not in the helpdesk.', null);
    }
    const isMissing = store.find(key)?.state === 'missing';
    throw new HelpdeskFailure(
      'HELPDESK_WRITE_UNCERTAIN',
      isMissing ? 'It was not found in the helpdesk; it can be sent again.' : 'The helpdesk cannot be asked.',
      null,
      { cause },
    );
  }
}

/** 409 and 412: the helpdesk did not write, since the conversation is not what it was. */
const isChanged = (error: unknown): error is HelpdeskFailure =>
  error instanceof HelpdeskFailure && error.error.code === 'HELPDESK_CHANGED_MEANWHILE';

/** An answer that says no: nothing was written. Everything else may have been. */
function isCertain(error: unknown): error is HelpdeskFailure {
  if (!(error instanceof HelpdeskFailure)) return false;
  const { code } = error.error;
  return (
    code !== 'HELPDESK_WRITE_UNCERTAIN' &&
    code !== 'HELPDESK_UNREACHABLE' &&
    code !== 'HELPDESK_ANSWER_UNREADABLE'
  );
}

const writtenNow = (
  key: string,
  mode: DeliveryMode,
  text: string,
  messageId: string | null,
): HelpdeskMessage => ({
  id: messageId ?? key,
  sentAt: new Date().toISOString(),
  author: { role: 'rep', name: '' },
  visibility: mode === 'note' ? 'internal' : 'public',
  text,
  attachments: [],
});

import { randomUUID } from 'node:crypto';

import type { ConversationMessage } from '../../../shared/domain/conversation.js';
import type { DeliveryMode, HelpdeskState } from '../../../shared/domain/helpdesk.js';
import { conversationIdOf, helpdeskRefOf } from '../../../shared/domain/helpdesk-ref.js';
import { AppErrorException, errorCodeOf } from '../../../shared/errors/app-error.js';
import type { Logger } from '../../../shared/lib/logger.js';
import type { HelpdeskConnector, HelpdeskMessage } from '../connectors/connector.js';
import type { DeliverOnce } from '../delivery/deliver-once.js';
import type { DeliveryStore, StoredDelivery } from '../delivery/delivery-store.js';
import type { ConversationChange, Inbox } from '../inbox.js';
import { summariseConversation } from '../summarise-conversation.js';
import { followConnection, type FollowedConnection } from './follow-connection.js';
import type { ThreadStore } from './thread-store.js';
import { toConversation, toMessage } from './to-conversation.js';

export interface ConnectedInboxDeps {
  readonly connectors: readonly HelpdeskConnector[];
  readonly store: ThreadStore;
  readonly deliveries: DeliveryStore;
  readonly deliverOnce: DeliverOnce;
  readonly onState: (state: HelpdeskState) => void;
  /** Whether the team allows replies to go out from here; asked each time. */
  readonly maySend: () => boolean;
  readonly log: Logger;
}

/** As people write it: `42`, `#42`, `[desk.example #42]`. */
const NUMBER = /^(?:\[[^\]#]*)?#?\s*([1-9]\d{0,15})\]?$/u;

/** The conversations of connected helpdesks, as they were last read. */
export interface ConnectedInbox extends Inbox {
  /**
   * The conversation that the address of a page stands for, by its id here; with one helpdesk also a bare number. Null for anything else.
   */
  conversationOf(text: string): string | null;
  /** The bytes of a file of a conversation, at most `maxBytes`. @throws AppErrorException HELPDESK_*. */
  attachment(
    conversationId: string,
    attachmentId: string,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<Uint8Array>;
}

/** Reads from the store, so that it answers without a network; the connections keep the store up to date. */
export function createConnectedInbox(deps: ConnectedInboxDeps): ConnectedInbox {
  const { connectors, store, deliveries, deliverOnce, onState, log } = deps;
  const byId = new Map(connectors.map((connector) => [connector.id, connector]));
  const followed = new Map<string, FollowedConnection>();
  const listeners = new Set<(change: ConversationChange) => void>();
  const ended = new AbortController();
  const inFlight = new Set<string>();

  function placeOf(conversationId: string): { connector: HelpdeskConnector; nativeId: string } {
    const ref = helpdeskRefOf(conversationId);
    const connector = ref && byId.get(ref.connectionId);
    if (!ref || !connector) throw new AppErrorException('HELPDESK_CONVERSATION_NOT_FOUND', conversationId);
    return { connector, nativeId: ref.nativeId };
  }

  function stored(conversationId: string) {
    const thread = store.find(conversationId);
    if (!thread) throw new AppErrorException('HELPDESK_CONVERSATION_NOT_FOUND', conversationId);
    const connector = byId.get(thread.connectionId);
    const way = {
      url: connector?.urlOf(thread.thread.id) ?? null,
      delivers: (connector?.capabilities.deliver ?? []).filter((mode) => mode !== 'reply' || deps.maySend()),
    };
    return { thread, conversation: toConversation(thread, store.messages(conversationId), way) };
  }

  const rowOf = (conversationId: string) => {
    const { thread, conversation } = stored(conversationId);
    return summariseConversation(conversation, thread.readCount);
  };

  function tell(conversationId: string, messages: readonly HelpdeskMessage[]): void {
    const summary = rowOf(conversationId);
    const spoken = messages.filter(({ visibility }) => visibility === 'public');
    const news = spoken.length === 0 ? [null] : spoken.map((message) => toMessage(conversationId, message));
    for (const message of news) for (const listener of listeners) listener({ summary, message });
  }

  async function deliver(
    conversationId: string,
    mode: DeliveryMode,
    text: string,
    ownKey?: string,
  ): Promise<ConversationMessage> {
    const { connector, nativeId } = placeOf(conversationId);
    const earlier = ownKey === undefined ? deliveries.untold({ conversationId, mode, text }) : null;
    const told = earlier && (await endOf(earlier, connector, nativeId));
    if (told) return told;
    const key = ownKey ?? earlier?.key ?? randomUUID();
    const cursor = store.find(conversationId)?.cursor ?? null;
    const request = { connector, conversationId, nativeId, mode, text, cursor, key };
    const message = await deliverOnce.deliver(request, ended.signal).catch(async (error: unknown) => {
      // The rep is told to read what is new, so it has to be here.
      if (errorCodeOf(error) === 'HELPDESK_CHANGED_MEANWHILE')
        await followed.get(connector.id)?.readAgain(nativeId, ended.signal).catch(logFailure);
      throw error;
    });
    await followed.get(connector.id)?.refresh(nativeId, ended.signal).catch(logFailure);
    if (message) return toMessage(conversationId, message);
    const sentAt = new Date().toISOString();
    return { id: randomUUID(), conversationId, author: 'rep', text, sentAt };
  }

  /** A second press after "nobody knows": what arrived meanwhile is told and not delivered again; null where it surely is not there. */
  async function endOf(
    earlier: StoredDelivery,
    connector: HelpdeskConnector,
    nativeId: string,
  ): Promise<ConversationMessage | null> {
    const { conversationId, key, mode, text, createdAt: sentAt } = earlier;
    const now =
      earlier.state === 'sent'
        ? earlier
        : await deliverOnce.settle(earlier, connector, nativeId, ended.signal);
    if (now.state !== 'sent') return null;
    deliveries.end(key, 'sent', '', now.messageId);
    await followed.get(connector.id)?.refresh(nativeId, ended.signal).catch(logFailure);
    const id = now.messageId ?? key;
    log.info('delivery.told', { state: mode });
    const known = store.messages(conversationId).find((message) => message.id === id);
    return known ? toMessage(conversationId, known) : { id, conversationId, author: 'rep', text, sentAt };
  }

  /** By its key, which is on disk before anything is asked of a helpdesk; what has no end there is looked for. */
  async function findNote(conversationId: string, key: string): Promise<string | null> {
    const { connector, nativeId } = placeOf(conversationId);
    const begun = deliveries.find(key);
    if (!begun || begun.state === 'refused') return null;
    // Also one that was missing when it was last looked for: a slow helpdesk may have taken it since.
    const now =
      begun.state === 'sent' ? begun : await deliverOnce.settle(begun, connector, nativeId, ended.signal);
    return now.state === 'sent' ? (now.messageId ?? key) : null;
  }

  const logFailure = (error: unknown): void => {
    if (!ended.signal.aborted) log.warn('helpdesk.failed', { code: errorCodeOf(error) });
  };

  /** What a kill or a break left without an end is looked after as soon as its helpdesk answers again. */
  async function settleOf(connectionId: string): Promise<void> {
    for (const delivery of deliveries.open()) {
      const ref = helpdeskRefOf(delivery.conversationId);
      const connector = byId.get(connectionId);
      if (ref?.connectionId !== connectionId || !connector || inFlight.has(delivery.key)) continue;
      inFlight.add(delivery.key);
      try {
        const { state } = await deliverOnce.settle(delivery, connector, ref.nativeId, ended.signal);
        log.info('delivery.settled', { state });
      } finally {
        inFlight.delete(delivery.key);
      }
    }
  }

  function heardState(state: HelpdeskState): void {
    onState(state);
    if (state.state === 'live' || state.state === 'polling') settleOf(state.connectionId).catch(logFailure);
  }

  return {
    list: async () => {
      const rows = store
        .list()
        .filter(({ connectionId }) => byId.has(connectionId))
        .map(({ conversationId }) => rowOf(conversationId));
      return Promise.resolve(rows.sort((a, b) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt)));
    },
    async open(conversationId) {
      const { connector, nativeId } = placeOf(conversationId);
      const known = store.find(conversationId);
      // One that was never read, such as a pasted number: it is read now, and an unknown one is refused by the helpdesk.
      if (!known || known.cursor === null) {
        const follower = followed.get(connector.id);
        if (!follower) throw new AppErrorException('HELPDESK_CONVERSATION_NOT_FOUND', conversationId);
        await follower.refresh(nativeId, ended.signal);
      }
      return stored(conversationId).conversation;
    },
    async markRead(conversationId) {
      const { thread, conversation } = await Promise.resolve(stored(conversationId));
      if (thread.readCount >= conversation.messages.length) return;
      store.markRead(conversationId, conversation.messages.length);
      tell(conversationId, []);
    },
    attend(conversationId) {
      const ref = conversationId === null ? null : helpdeskRefOf(conversationId);
      for (const [id, connection] of followed)
        connection.attend(ref?.connectionId === id ? ref.nativeId : null);
    },
    async sendReply(conversationId, text) {
      if (!deps.maySend())
        throw new AppErrorException('HELPDESK_WRITE_REFUSED', 'The team has not allowed sending from here.');
      return deliver(conversationId, 'reply', text);
    },
    async saveDraft(conversationId, text) {
      await deliver(conversationId, 'draft', text);
    },
    async addNote(conversationId, text) {
      await deliver(conversationId, 'note', text);
    },
    async addNoteOnce(conversationId, text, key) {
      return (await findNote(conversationId, key)) ?? (await deliver(conversationId, 'note', text, key)).id;
    },
    findNote,
    ofSameCustomer: (conversationId) => Promise.resolve(store.ofSameCustomer(conversationId)),
    forget(conversationIds) {
      const refs = conversationIds.map(helpdeskRefOf);
      for (const connector of connectors)
        if (refs.some((ref) => ref?.connectionId === connector.id)) connector.forgetAnswers?.();
      for (const [id, connection] of followed) {
        connection.letGo(refs.flatMap((ref) => (ref?.connectionId === id ? [ref.nativeId] : [])));
      }
      store.forget(conversationIds);
      deliveries.forgetConversations(conversationIds);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    conversationOf(text) {
      for (const connector of connectors) {
        const nativeId = connector.parseUrl(text);
        if (nativeId !== null) return conversationIdOf({ connectionId: connector.id, nativeId });
      }
      const [only] = connectors;
      const number = NUMBER.exec(text)?.[1];
      if (connectors.length !== 1 || !only || number === undefined) return null;
      return conversationIdOf({ connectionId: only.id, nativeId: number });
    },
    attachment: async (conversationId, attachmentId, maxBytes, signal) => {
      const { connector, nativeId } = placeOf(conversationId);
      return connector.attachment(nativeId, attachmentId, maxBytes, signal);
    },
    start() {
      for (const connector of connectors)
        followed.set(
          connector.id,
          followConnection({ connector, store, onNews: tell, onState: heardState, log }),
        );
      return Promise.resolve();
    },
    async close() {
      ended.abort(new Error('The desk is closing.'));
      await Promise.all([...followed.values()].map((connection) => connection.close()));
    },
  };
}

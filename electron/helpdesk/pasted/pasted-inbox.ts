import { randomUUID } from 'node:crypto';

import type { ConversationMessage } from '../../../shared/domain/conversation.js';
import { conversationIdOf, helpdeskRefOf } from '../../../shared/domain/helpdesk-ref.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { HelpdeskMessage } from '../connectors/connector.js';
import type { ThreadStore } from '../following/thread-store.js';
import { toConversation, toMessage } from '../following/to-conversation.js';
import type { ConversationChange, Inbox } from '../inbox.js';
import { summariseConversation } from '../summarise-conversation.js';
import { readPastedThread, type PastedMessage } from './read-pasted-thread.js';

/** In place of a connected helpdesk in the ids of pasted conversations: `pasted:3f…`. */
const PASTED = 'pasted';
const TITLE = 'Pasted thread';
/** It has no page, and nothing goes out of it but a note of the rep's own. */
const REACH = { url: null, delivers: ['note'] } as const;

export const isPasted = (conversationId: string): boolean =>
  helpdeskRefOf(conversationId)?.connectionId === PASTED;

/** Conversations a rep pasted: on this computer only, kept and forgotten like those read from helpdesks. */
export interface PastedInbox extends Inbox {
  /** Opens a copied text as a conversation; the same text again is the same conversation. @returns its id. */
  paste(text: string): string;
}

export function createPastedInbox(store: ThreadStore, now: () => Date): PastedInbox {
  const listeners = new Set<(change: ConversationChange) => void>();

  function stored(conversationId: string) {
    const thread = isPasted(conversationId) ? store.find(conversationId) : null;
    if (!thread) throw new AppErrorException('HELPDESK_CONVERSATION_NOT_FOUND', conversationId);
    return { thread, conversation: toConversation(thread, store.messages(conversationId), REACH) };
  }

  const rowOf = (conversationId: string) => {
    const { thread, conversation } = stored(conversationId);
    return summariseConversation(conversation, thread.readCount);
  };

  function tell(conversationId: string, message: ConversationMessage | null): void {
    const summary = rowOf(conversationId);
    for (const listener of listeners) listener({ summary, message });
  }

  const pastedIds = (): string[] =>
    store.list().flatMap(({ conversationId }) => (isPasted(conversationId) ? [conversationId] : []));

  /** The conversation that was made of the same text; its notes are none of it. */
  const findSame = (messages: readonly PastedMessage[]): string | undefined =>
    pastedIds().find((id) => {
      const known = store.messages(id).filter(({ visibility }) => visibility === 'public');
      return (
        known.length === messages.length &&
        known.every(
          ({ author, text }, at) => author.role === messages[at]?.author && text === messages[at].text,
        )
      );
    });

  function add(conversationId: string, messages: readonly HelpdeskMessage[]): void {
    store.append(conversationId, messages, now().toISOString());
  }

  function note(conversationId: string, text: string, id: string): string {
    stored(conversationId);
    add(conversationId, [
      {
        ...{ id, sentAt: now().toISOString(), author: { role: 'rep', name: '' }, text },
        ...{ visibility: 'internal', attachments: [] },
      },
    ]);
    tell(conversationId, null);
    return id;
  }
  const hasNote = (conversationId: string, id: string): boolean =>
    (stored(conversationId).conversation.notes ?? []).some((one) => one.id === id);

  async function refuse(conversationId: string): Promise<never> {
    await Promise.resolve(stored(conversationId));
    throw new AppErrorException('HELPDESK_WRITE_REFUSED', 'A pasted thread is nowhere but here.');
  }

  return {
    paste(text) {
      const { messages, subject, channel, customer } = readPastedThread(text, now());
      const same = findSame(messages);
      if (same !== undefined) return same;
      const nativeId = randomUUID();
      const id = conversationIdOf({ connectionId: PASTED, nativeId });
      store.putThread(id, PASTED, {
        ...{ id: nativeId, subject: subject === '' ? TITLE : subject, channel, status: 'open', customer },
        ...{ fields: { Source: TITLE }, version: null, updatedAt: now().toISOString() },
      });
      const read = messages.map(({ author, name, text: words, sentAt }, at) => ({
        ...{ id: String(at + 1), sentAt, author: { role: author, name }, text: words },
        ...{ visibility: 'public' as const, attachments: [] },
      }));
      add(id, read);
      const last = read.at(-1);
      tell(id, last ? toMessage(id, last) : null);
      return id;
    },
    list: () => Promise.resolve(pastedIds().map(rowOf)),
    open: async (conversationId) => Promise.resolve(stored(conversationId).conversation),
    async markRead(conversationId) {
      const { thread, conversation } = await Promise.resolve(stored(conversationId));
      if (thread.readCount >= conversation.messages.length) return;
      store.markRead(conversationId, conversation.messages.length);
      tell(conversationId, null);
    },
    attend: () => undefined,
    sendReply: refuse,
    saveDraft: refuse,
    async addNote(conversationId, text) {
      await Promise.resolve(note(conversationId, text, randomUUID()));
    },
    async addNoteOnce(conversationId, text, key) {
      return Promise.resolve(hasNote(conversationId, key) ? key : note(conversationId, text, key));
    },
    async findNote(conversationId, key) {
      return Promise.resolve(hasNote(conversationId, key) ? key : null);
    },
    ofSameCustomer: async (conversationId) => Promise.resolve(store.ofSameCustomer(conversationId)),
    forget: (conversationIds) => store.forget(conversationIds.filter(isPasted)),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

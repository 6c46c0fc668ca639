import { randomUUID } from 'node:crypto';

import type { Conversation, ConversationMessage } from '../../shared/domain/conversation.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { ConversationFile } from './conversation-file.js';
import type { ConversationChange, Inbox } from './inbox.js';
import { summariseConversation } from './summarise-conversation.js';

export interface SimulatedInboxOptions {
  /** The scripts that are played, each message after its own pause. */
  readonly scripts: readonly ConversationFile[];
  /** Pause between the starts of two conversations. */
  readonly spacingMs: number;
  /** Multiplies every pause inside a script: 0 plays all at once, 1 in real time. */
  readonly pace: number;
  readonly now: () => Date;
  readonly log: Logger;
}

interface Thread {
  conversation: Conversation;
  readCount: number;
}

/** A helpdesk inside the app that plays written conversations message by message and keeps what the rep sends. */
export function createSimulatedInbox(options: SimulatedInboxOptions): Inbox {
  const { scripts, spacingMs, pace, now, log } = options;
  const threads = new Map<string, Thread>();
  const listeners = new Set<(change: ConversationChange) => void>();
  const timers = new Set<NodeJS.Timeout>();

  function later(delayMs: number, action: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, delayMs);
    timers.add(timer);
  }

  function threadOf(conversationId: string): Thread {
    const thread = threads.get(conversationId);
    if (!thread) throw new AppErrorException('HELPDESK_CONVERSATION_NOT_FOUND', conversationId);
    return thread;
  }

  function tell(thread: Thread, message: ConversationMessage | null): void {
    const change = { summary: summariseConversation(thread.conversation, thread.readCount), message };
    for (const listener of listeners) listener(change);
  }

  function add(thread: Thread, author: ConversationMessage['author'], text: string): ConversationMessage {
    const sentAt = now().toISOString();
    const { id } = thread.conversation;
    const message: ConversationMessage = { id: randomUUID(), conversationId: id, author, text, sentAt };
    thread.conversation.messages.push(message);
    thread.conversation.updatedAt = sentAt;
    thread.conversation.status = author === 'customer' ? 'open' : 'waiting';
    if (author === 'rep') thread.readCount = thread.conversation.messages.length;
    tell(thread, message);
    return message;
  }

  function note(conversationId: string, text: string, id: string): string {
    const { conversation } = threadOf(conversationId);
    const added = { id, conversationId, author: 'rep', text, sentAt: now().toISOString() } as const;
    conversation.notes = [...(conversation.notes ?? []), added];
    log.info('note.added', { conversationId });
    return id;
  }
  const hasNote = (conversationId: string, id: string): boolean =>
    (threadOf(conversationId).conversation.notes ?? []).some((one) => one.id === id);

  function play(script: ConversationFile): void {
    const { id, subject, channel, customer } = script;
    const who =
      customer.email === undefined ? { name: customer.name } : { name: customer.name, email: customer.email };
    const conversation: Conversation = {
      id,
      subject,
      channel,
      status: 'open',
      customer: who,
      messages: [],
      pastContacts: script.pastContacts,
      notes: [],
      canSend: true,
      updatedAt: now().toISOString(),
    };
    const thread: Thread = { conversation, readCount: 0 };
    threads.set(id, thread);
    const step = (at: number): void => {
      const message = script.messages[at];
      if (!message || threads.get(id) !== thread) return;
      add(thread, message.author, message.text);
      const next = script.messages[at + 1];
      if (next) later(next.afterMs * pace, () => step(at + 1));
    };
    step(0);
  }

  return {
    list: () =>
      Promise.resolve(
        [...threads.values()]
          .sort((a, b) => b.conversation.updatedAt.localeCompare(a.conversation.updatedAt))
          .map((thread) => summariseConversation(thread.conversation, thread.readCount)),
      ),
    async open(conversationId) {
      const thread = await Promise.resolve(threadOf(conversationId));
      return structuredClone(thread.conversation);
    },
    async markRead(conversationId) {
      const thread = await Promise.resolve(threadOf(conversationId));
      if (thread.readCount === thread.conversation.messages.length) return;
      thread.readCount = thread.conversation.messages.length;
      tell(thread, null);
    },
    attend() {
      // Everything that is played is heard at once.
    },
    async sendReply(conversationId, text) {
      const thread = await Promise.resolve(threadOf(conversationId));
      return add(thread, 'rep', text);
    },
    saveDraft: () =>
      Promise.reject(
        new AppErrorException('HELPDESK_WRITE_REFUSED', 'The demo has no drafts; send the reply.'),
      ),
    async addNote(conversationId, text) {
      await Promise.resolve(note(conversationId, text, randomUUID()));
    },
    async addNoteOnce(conversationId, text, key) {
      return Promise.resolve(hasNote(conversationId, key) ? key : note(conversationId, text, key));
    },
    async findNote(conversationId, key) {
      return Promise.resolve(hasNote(conversationId, key) ? key : null);
    },
    async ofSameCustomer(conversationId) {
      const { customer } = (await Promise.resolve(threadOf(conversationId))).conversation;
      const same = [...threads].filter(
        ([, { conversation }]) =>
          customer.email !== undefined && conversation.customer.email === customer.email,
      );
      return [...new Set([conversationId, ...same.map(([id]) => id)])];
    },
    forget(conversationIds) {
      for (const id of conversationIds) threads.delete(id);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start() {
      scripts.forEach((script, at) => later(at * spacingMs, () => play(script)));
      log.info('helpdesk.started', { count: scripts.length });
      return Promise.resolve();
    },
    close() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      return Promise.resolve();
    },
  };
}

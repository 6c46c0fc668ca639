import type { ConversationChange, Inbox } from './inbox.js';

/** One inbox for whoever listens, although what stands behind it changes while the app runs. */
export interface SwitchableInbox extends Inbox {
  /** Closes what stood behind it and goes on with `next`; listeners stay. */
  switchTo(next: Inbox): Promise<void>;
}

export function createSwitchableInbox(first: Inbox): SwitchableInbox {
  const listeners = new Set<(change: ConversationChange) => void>();
  const forward = (change: ConversationChange): void => {
    for (const listener of listeners) listener(change);
  };
  let current = first;
  let stop = current.onChanged(forward);
  let isStarted = false;
  return {
    list: () => current.list(),
    open: (conversationId) => current.open(conversationId),
    markRead: (conversationId) => current.markRead(conversationId),
    attend: (conversationId) => current.attend(conversationId),
    sendReply: (conversationId, text) => current.sendReply(conversationId, text),
    saveDraft: (conversationId, text) => current.saveDraft(conversationId, text),
    addNote: (conversationId, text) => current.addNote(conversationId, text),
    addNoteOnce: (conversationId, text, key) => current.addNoteOnce(conversationId, text, key),
    findNote: (conversationId, key) => current.findNote(conversationId, key),
    ofSameCustomer: (conversationId) => current.ofSameCustomer(conversationId),
    forget: (conversationIds) => current.forget(conversationIds),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async start() {
      isStarted = true;
      await current.start();
    },
    close: () => current.close(),
    async switchTo(next) {
      const before = current;
      stop();
      current = next;
      stop = current.onChanged(forward);
      await before.close();
      if (isStarted) await current.start();
    },
  };
}

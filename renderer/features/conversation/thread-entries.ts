import type { Conversation, ConversationMessage } from '../../../shared/domain/conversation.js';

/** One thing in the thread: what was said to or by the customer, or what only the team sees. */
export interface ThreadEntry {
  readonly message: ConversationMessage;
  readonly isInternal: boolean;
}

/** Messages and notes in one order, oldest first; what came at the same moment keeps messages first. */
export function threadEntries({
  messages,
  notes = [],
}: Pick<Conversation, 'messages' | 'notes'>): readonly ThreadEntry[] {
  const spoken = messages.map((message) => ({ message, isInternal: false }));
  if (notes.length === 0) return spoken;
  const internal = notes.map((message) => ({ message, isInternal: true }));
  return [...spoken, ...internal].sort((a, b) => Date.parse(a.message.sentAt) - Date.parse(b.message.sentAt));
}

import type { Conversation, ConversationSummary } from '../../shared/domain/conversation.js';

const PREVIEW_CHARACTERS = 140;

/** The inbox row of a conversation. `readCount` is how many messages the rep has seen. */
export function summariseConversation(conversation: Conversation, readCount: number): ConversationSummary {
  const { id, subject, channel, status, customer, updatedAt, messages } = conversation;
  const last = messages.at(-1);
  const preview = (last?.text ?? '')
    .slice(0, 4 * PREVIEW_CHARACTERS)
    .replace(/\s+/g, ' ')
    .trim();
  return {
    id,
    subject,
    channel,
    status,
    customer,
    updatedAt,
    preview: Array.from(preview).slice(0, PREVIEW_CHARACTERS).join(''),
    lastAuthor: last?.author ?? null,
    messageCount: messages.length,
    unreadCount: messages.slice(readCount).filter((message) => message.author === 'customer').length,
  };
}

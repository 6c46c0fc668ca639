import type {
  Conversation,
  ConversationMessage,
  ConversationStatus,
} from '../../../shared/domain/conversation.js';
import type { DeliveryMode } from '../../../shared/domain/helpdesk.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connectors/connector.js';
import type { StoredThread } from './thread-store.js';

/** A conversation as the rest of the app knows it: public messages apart from notes, ids of ours. */
export function toConversation(
  { conversationId, thread }: StoredThread,
  messages: readonly HelpdeskMessage[],
  { url, delivers }: { readonly url: string | null; readonly delivers: readonly DeliveryMode[] },
): Conversation {
  const isPublic = ({ visibility }: HelpdeskMessage): boolean => visibility === 'public';
  const spoken = messages.filter(isPublic).map((message) => toMessage(conversationId, message));
  const notes = messages
    .filter((message) => !isPublic(message))
    .map((message) => toMessage(conversationId, message));
  return {
    id: conversationId,
    subject: thread.subject,
    channel: thread.channel,
    status: statusOf(thread, spoken.at(-1)),
    customer: thread.customer,
    messages: spoken,
    notes,
    fields: { ...thread.fields },
    ...(url === null ? {} : { url }),
    // Replies go out from the helpdesk (docs/decisions/0010), unless the team allows to send and the rep says so each time.
    canSend: false,
    delivers: [...delivers],
    updatedAt: latest(thread.updatedAt, messages.at(-1)?.sentAt),
  };
}

export const toMessage = (conversationId: string, message: HelpdeskMessage): ConversationMessage => ({
  id: `${conversationId}#${message.id}`,
  conversationId,
  author: message.author.role,
  ...(message.author.name === '' ? {} : { authorName: message.author.name }),
  text: message.text,
  sentAt: message.sentAt,
  ...(message.attachments.length === 0 ? {} : { attachments: [...message.attachments] }),
});

/** Many helpdesks leave a ticket open after a reply; what counts for a rep is whose turn it is. */
function statusOf(thread: HelpdeskThread, last: ConversationMessage | undefined): ConversationStatus {
  if (thread.status === 'solved')
    return last?.author === 'customer' && last.sentAt > thread.updatedAt ? 'open' : 'solved';
  if (last?.author === 'customer') return thread.status;
  return last?.author === 'rep' ? 'waiting' : thread.status;
}

const latest = (a: string, b: string | undefined): string =>
  b !== undefined && Date.parse(b) > Date.parse(a) ? b : a;

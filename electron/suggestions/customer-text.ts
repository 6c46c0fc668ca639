import type { Conversation } from '../../shared/domain/conversation.js';

/** Of a longer text the newest part is kept. */
const MAX_CHARACTERS = 20_000;

/** What the customer had written up to the message that is answered, newest turn last, an empty line between two messages. */
export function customerTextOf({ messages }: Conversation, messageId: string): string {
  const end = messages.findIndex(({ id }) => id === messageId) + 1;
  const written = messages.slice(0, end).filter(({ author }) => author === 'customer');
  return written
    .map(({ text }) => text)
    .join('\n\n')
    .slice(-MAX_CHARACTERS);
}

import type { HelpdeskConnector, HelpdeskMessage } from '../connectors/connector.js';
import type { StoredDelivery } from './delivery-store.js';

/**
 * The message a delivery has become, among those that came after its cursor; null when it is not there.
 * @param messageId as the helpdesk numbers it; null looks for what a rep wrote in the same words.
 * @throws HelpdeskFailure when the conversation cannot be read.
 */
export async function lookForDelivery(
  delivery: Pick<StoredDelivery, 'text' | 'mode' | 'cursor'>,
  messageId: string | null,
  connector: HelpdeskConnector,
  nativeId: string,
  signal: AbortSignal,
): Promise<HelpdeskMessage | null> {
  const { messages } = await connector.messages(
    nativeId,
    delivery.cursor === '' ? null : delivery.cursor,
    signal,
  );
  const isIt = (message: HelpdeskMessage): boolean =>
    messageId === null
      ? message.author.role === 'rep' &&
        message.visibility === (delivery.mode === 'note' ? 'internal' : 'public') &&
        isSameText(message.text, delivery.text)
      : message.id === messageId;
  return messages.find(isIt) ?? null;
}

/** Helpdesks turn line ends and blanks their own way. */
const isSameText = (a: string, b: string): boolean =>
  a.replace(/\s+/gu, ' ').trim() === b.replace(/\s+/gu, ' ').trim();

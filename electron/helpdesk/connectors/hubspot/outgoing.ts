import { HelpdeskFailure } from '../helpdesk-failure.js';
import { textToHtml } from '../text-to-html.js';
import type { HsMessage } from './answers.js';

/** A comment in a thread: seen by the team. It is written as the app the token belongs to, HubSpot has no other way. */
export const commentOf = (text: string): object => ({
  ...{ type: 'COMMENT', text, richText: textToHtml(text), attachments: [] },
});

/**
 * An answer to the customer's last message, on the way it came.
 * @param userId whose name is on it.
 * @throws HelpdeskFailure HELPDESK_WRITE_REFUSED where the customer never wrote, so that there is no way to answer on.
 */
export function replyOf(text: string, userId: string, spoken: readonly HsMessage[]): object {
  const last = spoken.findLast(({ type, direction }) => type === 'MESSAGE' && direction === 'INCOMING');
  const sender = last?.senders?.[0];
  if (!last || !sender?.deliveryIdentifier || last.channelId == null || last.channelAccountId == null)
    throw new HelpdeskFailure('HELPDESK_WRITE_REFUSED', 'There is no message of the customer to reply to.');
  const { actorId, name, deliveryIdentifier } = sender;
  const subject = last.subject ?? '';
  return {
    ...{ type: 'MESSAGE', text, richText: textToHtml(text), attachments: [] },
    ...{ senderActorId: `A-${userId}`, channelId: last.channelId, channelAccountId: last.channelAccountId },
    recipients: [
      {
        ...(actorId == null ? {} : { actorId }),
        ...(name == null ? {} : { name }),
        ...{ recipientField: 'TO', deliveryIdentifiers: [deliveryIdentifier] },
      },
    ],
    ...(subject === '' ? {} : { subject: /^re:/iu.test(subject) ? subject : `Re: ${subject}` }),
  };
}

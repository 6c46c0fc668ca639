import type { AttachmentRef } from '../../shared/contracts/ipc/attachment.js';
import type { Attachment } from '../../shared/domain/helpdesk.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Inbox } from '../helpdesk/inbox.js';

export interface FoundFile {
  readonly attachment: Attachment;
  /** Whether the customer said it: not a rep, nobody in a note. */
  readonly isOfCustomer: boolean;
}

/** A file as the helpdesk lists it, of a message or a note. @throws AppErrorException ATTACHMENT_NOT_FOUND, HELPDESK_*. */
export async function findFile(
  inbox: Pick<Inbox, 'open'>,
  { conversationId, messageId, attachmentId }: AttachmentRef,
): Promise<FoundFile> {
  const { messages, notes = [] } = await inbox.open(conversationId);
  const message = [...messages, ...notes].find(({ id }) => id === messageId);
  const attachment = message?.attachments?.find(({ id }) => id === attachmentId);
  if (!message || !attachment) throw new AppErrorException('ATTACHMENT_NOT_FOUND');
  return { attachment, isOfCustomer: message.author === 'customer' && messages.includes(message) };
}

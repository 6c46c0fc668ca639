import type { ConversationMessage } from '../../../shared/domain/conversation.js';
import type { Attachment } from '../../../shared/domain/helpdesk.js';
import { strings } from '../../app/strings.js';
import { AttachmentRow } from './attachment-row.js';
import './attachments.css';

interface AttachmentListProps {
  readonly message: ConversationMessage;
  readonly attachments: readonly Attachment[];
  /** A note's files are nobody's word. */
  readonly isInternal: boolean;
}

/** The files of a message by name, type and size; nothing is loaded before the rep asks. */
export function AttachmentList({ message, attachments, isInternal }: AttachmentListProps) {
  return (
    <ul className="message-files" aria-label={strings.attachments.title}>
      {attachments.map((attachment) => (
        <AttachmentRow
          key={attachment.id}
          messageId={message.id}
          attachment={attachment}
          isOfCustomer={message.author === 'customer' && !isInternal}
        />
      ))}
    </ul>
  );
}

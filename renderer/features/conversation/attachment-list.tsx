import { Paperclip } from 'lucide-react';

import type { Attachment } from '../../../shared/domain/helpdesk.js';
import { strings } from '../../app/strings.js';
import { sizeText } from '../../ui/size-text.js';

/** The files of a message by name, type and size; nothing is loaded. */
export function AttachmentList({ attachments }: { readonly attachments: readonly Attachment[] }) {
  return (
    <ul className="message-files" aria-label={strings.helpdesk.conversation.attachments}>
      {attachments.map(({ id, name, mediaType, bytes }) => (
        <li key={id}>
          <Paperclip aria-hidden />
          <span className="message-file-name" dir="auto">
            {name}
          </span>
          <span className="message-file-kind">
            {bytes === null ? mediaType : `${mediaType}, ${sizeText(bytes)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

import { Mail, MessageCircle } from 'lucide-react';
import { memo } from 'react';

import type { ConversationSummary } from '../../../shared/domain/conversation.js';
import { helpdeskRefOf } from '../../../shared/domain/helpdesk-ref.js';
import { strings } from '../../app/strings.js';
import { Time } from '../../ui/time.js';

const text = strings.inbox;

interface InboxRowProps {
  readonly row: ConversationSummary;
  /** Which helpdesk it is from; null where there is only one. */
  readonly helpdesk: string | null;
}

/** One conversation of the inbox: who, about what, the newest words, when, over which channel. */
export const InboxRow = memo(function InboxRow({ row, helpdesk }: InboxRowProps) {
  const { id, customer, subject, preview, lastAuthor, channel, unreadCount, updatedAt } = row;
  const Channel = channel === 'email' ? Mail : MessageCircle;
  return (
    <div className="inbox-row" data-unread={unreadCount > 0}>
      <span className="inbox-dot">
        {unreadCount > 0 && <span className="visually-hidden">{text.unread(unreadCount)}</span>}
      </span>
      <span className="inbox-name" dir="auto">
        {customer.name}
      </span>
      <span className="inbox-when">
        <Channel aria-label={text.channel[channel]} />
        <Time iso={updatedAt} />
      </span>
      <span className="inbox-subject" dir="auto">
        {subject || text.noSubject}
      </span>
      {helpdesk !== null && (
        <span className="inbox-helpdesk" dir="auto">
          {helpdesk}
        </span>
      )}
      <span className="inbox-preview" dir="auto">
        {/* Beside a helpdesk a colleague may have answered. */}
        {lastAuthor === 'rep' && (helpdeskRefOf(id) === null ? text.you : strings.helpdesk.conversation.team)}
        {preview || text.noMessages}
      </span>
    </div>
  );
});

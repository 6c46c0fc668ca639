import { Link, PanelsTopLeft, UserX } from 'lucide-react';

import type { Conversation } from '../../../shared/domain/conversation.js';
import { strings } from '../../app/strings.js';
import { IconButton } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';

const text = strings.conversation;

interface ConversationHeadProps {
  readonly conversation: Conversation;
  /** Opens its page in the helpdesk. */
  readonly onOpenPage: (url: string) => void;
  readonly onCopyLink: (url: string) => void;
  readonly onForget: () => void;
}

/** Subject, customer and what else the helpdesk knows: queue, owner, the team's own fields; the way to its page. */
export function ConversationHead(props: ConversationHeadProps) {
  const { conversation, onOpenPage, onCopyLink, onForget } = props;
  const { subject, customer, status, url } = conversation;
  const fields = Object.entries(conversation.fields ?? {});
  return (
    <header className="conversation-head">
      <div className="conversation-heading">
        <h2 className="conversation-subject" dir="auto">
          {subject || strings.inbox.noSubject}
        </h2>
        <p className="conversation-customer">
          <span dir="auto">{customer.name}</span>
          {customer.email !== undefined && <span>{customer.email}</span>}
        </p>
        {fields.length > 0 && (
          <dl className="conversation-fields" aria-label={strings.helpdesk.conversation.fields}>
            {fields.map(([name, value]) => (
              <div key={name}>
                <dt dir="auto">{name}</dt>
                <dd dir="auto">{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      {url !== undefined && (
        <>
          <IconButton
            label={strings.view.openPage}
            icon={<PanelsTopLeft aria-hidden />}
            onClick={() => onOpenPage(url)}
          />
          <IconButton
            label={strings.helpdesk.conversation.copyLink}
            icon={<Link aria-hidden />}
            onClick={() => onCopyLink(url)}
          />
        </>
      )}
      <IconButton label={strings.forget.open} icon={<UserX aria-hidden />} onClick={onForget} />
      <Chip tone={status === 'open' ? 'accent' : 'neutral'}>{text.status[status]}</Chip>
    </header>
  );
}

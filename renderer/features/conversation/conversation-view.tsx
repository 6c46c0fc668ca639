import { CircleAlert, MessageSquare } from 'lucide-react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Skeleton } from '../../ui/skeleton.js';
import './conversation.css';
import { selectThread, useConversation } from './conversation-store.js';
import { MessageList } from './message-list.js';

const text = strings.conversation;

/** The conversation on screen: subject, customer, messages. */
export function ConversationView({ hasHeader = true }: { readonly hasHeader?: boolean }) {
  const thread = useConversation(selectThread);
  const activeId = useConversation((state) => state.activeId);
  const show = useConversation((state) => state.show);
  if (thread === null)
    return (
      <EmptyState icon={<MessageSquare aria-hidden />} title={text.none}>
        <p>{text.noneNext}</p>
      </EmptyState>
    );
  switch (thread.kind) {
    case 'loading':
      return (
        <div className="conversation-pad" role="group" aria-busy="true" aria-label={text.loading}>
          <Skeleton widths={[40, 70, 65, 30]} />
        </div>
      );
    case 'failed':
      return (
        <EmptyState icon={<CircleAlert aria-hidden />} title={text.failed}>
          <p>
            {thread.error.message} {thread.error.next}
          </p>
          <Button onClick={() => void show(activeId)}>{text.retry}</Button>
        </EmptyState>
      );
    case 'open': {
      const { id, subject, customer, status, messages } = thread.conversation;
      return (
        <>
          {hasHeader && (
            <header className="conversation-head">
              <div className="conversation-heading">
                <h2 className="conversation-subject" dir="auto">
                  {subject || strings.inbox.noSubject}
                </h2>
                <p className="conversation-customer">
                  <span dir="auto">{customer.name}</span>
                  {customer.email !== undefined && <span>{customer.email}</span>}
                </p>
              </div>
              <Chip tone={status === 'open' ? 'accent' : 'neutral'}>{text.status[status]}</Chip>
            </header>
          )}
          <MessageList key={id} messages={messages} />
        </>
      );
    }
    default:
      return assertNever(thread, 'thread');
  }
}

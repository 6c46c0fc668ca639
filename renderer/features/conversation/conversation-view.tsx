import { CircleAlert, MessageSquare } from 'lucide-react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { Skeleton } from '../../ui/skeleton.js';
import { ConversationHead } from './conversation-head.js';
import './conversation.css';
import { selectThread, useConversation } from './conversation-store.js';
import { ForgetQuestion } from './forget-question.js';
import { useForget } from './forget-store.js';
import { MessageList } from './message-list.js';

const text = strings.conversation;

interface ConversationViewProps {
  readonly hasHeader?: boolean;
  readonly onOpenPage: (url: string) => void;
  readonly onCopyLink: (url: string) => void;
  readonly onForgotten: (conversations: number) => void;
}

/** The conversation on screen: subject, customer, messages. */
export function ConversationView(props: ConversationViewProps) {
  const { hasHeader = true, onOpenPage, onCopyLink, onForgotten } = props;
  const thread = useConversation(selectThread);
  const activeId = useConversation((state) => state.activeId);
  const show = useConversation((state) => state.show);
  const ask = useForget((state) => state.ask);
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
      const { conversation } = thread;
      return (
        <>
          {hasHeader && (
            <ConversationHead
              conversation={conversation}
              onOpenPage={onOpenPage}
              onCopyLink={onCopyLink}
              onForget={() => void ask(conversation.id)}
            />
          )}
          <ForgetQuestion
            conversationId={conversation.id}
            customerName={conversation.customer.name}
            onForgotten={onForgotten}
          />
          <MessageList key={conversation.id} conversation={conversation} />
        </>
      );
    }
    default:
      return assertNever(thread, 'thread');
  }
}

import { MessageSquare } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { IconButton } from '../../ui/button.js';
import { Time } from '../../ui/time.js';
import { visibleText } from '../../ui/visible-text.js';
import './conversation.css';
import { selectThread, useConversation } from './conversation-store.js';

const text = strings.conversation;
const SHOWN_CHARACTERS = 400;

/** The customer's newest words in short, for the layout that has no room for the conversation. */
export function NewestMessage({ onOpenConversation }: { readonly onOpenConversation: () => void }) {
  const thread = useConversation(selectThread);
  if (thread?.kind !== 'open') return null;
  const { subject, messages } = thread.conversation;
  const newest = messages.findLast(({ author }) => author === 'customer');
  return (
    <section className="newest" aria-label={text.newest}>
      <div className="newest-head">
        <h2 className="newest-subject" dir="auto">
          {subject || strings.inbox.noSubject}
        </h2>
        {newest && <Time iso={newest.sentAt} className="newest-time" />}
        <IconButton
          label={text.showConversation}
          keyHint="O"
          icon={<MessageSquare aria-hidden />}
          aria-haspopup="dialog"
          onClick={onOpenConversation}
        />
      </div>
      {newest && (
        <p className="newest-text" dir="auto">
          {newest.text.trim() === ''
            ? text.emptyMessage
            : visibleText(newest.text.slice(0, SHOWN_CHARACTERS))}
        </p>
      )}
    </section>
  );
}

import { Send } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { Question } from '../../ui/question.js';
import { selectThread, useConversation } from './conversation-store.js';

const text = strings.helpdesk.conversation;

/** Asks each time before a reply goes out through the helpdesk's interface; says to whom. */
export function SendQuestion({ onSendNow }: { readonly onSendNow: () => void }) {
  const thread = useConversation(selectThread);
  const isAsking = useConversation(({ toSend, activeId }) => toSend !== null && toSend === activeId);
  const askToSend = useConversation((state) => state.askToSend);
  if (!isAsking || thread?.kind !== 'open') return null;
  const { customer, url } = thread.conversation;
  const host = URL.parse(url ?? '')?.host ?? text.theHelpdesk;
  return (
    <Question
      title={text.sendQuestion(customer.name)}
      icon={<Send aria-hidden />}
      yes={text.sendYes}
      no={text.sendNo}
      onYes={onSendNow}
      onNo={() => askToSend(false)}
    >
      <p>{text.sendWhat(customer.email ?? customer.name, host)}</p>
    </Question>
  );
}

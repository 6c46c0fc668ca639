import { UserX } from 'lucide-react';

import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { Question } from '../../ui/question.js';
import { useForget } from './forget-store.js';

const text = strings.forget;

interface ForgetQuestionProps {
  readonly conversationId: string;
  readonly customerName: string;
  readonly onForgotten: (conversations: number) => void;
}

/** Says what of a customer would be deleted on this computer, and asks; nothing before it was asked for. */
export function ForgetQuestion({ conversationId, customerName, onForgotten }: ForgetQuestionProps) {
  const isAsked = useForget((state) => state.conversationId === conversationId);
  const preview = useForget((state) => state.preview);
  const isBusy = useForget((state) => state.isBusy);
  const problem = useForget((state) => state.problem);
  const ask = useForget((state) => state.ask);
  const forget = useForget((state) => state.forget);
  if (!isAsked) return null;
  return (
    <div className="conversation-forget">
      <Question
        title={text.title(customerName)}
        icon={<UserX aria-hidden />}
        yes={text.yes}
        no={text.no}
        isDanger
        isBusy={isBusy || preview === null}
        onYes={() => void forget().then((count) => count !== null && onForgotten(count))}
        onNo={() => void ask(null)}
      >
        {preview && <p>{text.what(preview.conversations)}</p>}
        {!preview && !problem && <p>{text.looking}</p>}
        {preview !== null && preview.unsent > 0 && <p>{text.unsent(preview.unsent)}</p>}
        {preview !== null && preview.pages > 0 && <p>{text.pages}</p>}
        <p>{text.stays}</p>
      </Question>
      {problem && (
        <Callout tone="bad" icon={<UserX aria-hidden />} title={problem.message}>
          <p>{problem.next}</p>
        </Callout>
      )}
    </div>
  );
}

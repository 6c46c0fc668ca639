import { Lock } from 'lucide-react';
import { useRef } from 'react';

import { Button } from '../ui/button.js';
import { Callout } from '../ui/callout.js';
import { Dialog } from '../ui/dialog.js';
import { useGuard } from './guard-store.js';
import { strings } from './strings.js';

const text = strings.internal;

/** Asks before internal text goes where a customer may read it. The way back has the focus: Enter alone lets nothing out. */
export function GuardDialog() {
  const question = useGuard((state) => state.question);
  const confirm = useGuard((state) => state.confirm);
  const dismiss = useGuard((state) => state.dismiss);
  const leave = useRef<HTMLButtonElement>(null);
  if (!question) return null;
  return (
    <Dialog title={text.title} closeLabel={strings.app.close} onClose={dismiss} initialFocus={leave}>
      {/* The key belongs to the question as a whole, not to one of its buttons. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="guard"
        onKeyDown={(event) => {
          if (event.key.toLowerCase() === 'y' && !event.repeat && !event.ctrlKey && !event.metaKey) confirm();
        }}
      >
        <Callout tone="warn" icon={<Lock aria-hidden />} title={text.body}>
          <ul>
            {question.titles.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        </Callout>
        <p>{text.ask[question.how]}</p>
        <div className="guard-foot">
          <Button ref={leave} onClick={dismiss}>
            {text.cancel}
          </Button>
          <Button variant="danger" keyHint="Y" onClick={confirm}>
            {text.proceed[question.how]}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

import { useEffect, useRef, type ReactNode } from 'react';

import { Button } from './button.js';
import { Callout } from './callout.js';
import './question.css';
import { useFocusHome } from './use-focus-home.js';

interface QuestionProps {
  readonly title: string;
  readonly icon: ReactNode;
  readonly yes: string;
  readonly no: string;
  /** Whether yes takes something away. */
  readonly isDanger?: boolean;
  readonly isBusy?: boolean;
  readonly onYes: () => void;
  readonly onNo: () => void;
  /** What happens on yes. */
  readonly children: ReactNode;
}

/** Says what is about to happen and asks; the answer that changes nothing has the focus. */
export function Question(props: QuestionProps) {
  const { title, icon, yes, no, isDanger = false, isBusy = false, onYes, onNo, children } = props;
  const safe = useRef<HTMLButtonElement>(null);
  const place = useRef<HTMLDivElement>(null);
  useFocusHome(place);
  useEffect(() => safe.current?.focus(), []);
  return (
    <div ref={place} className="question" role="group" aria-label={title}>
      <Callout tone="warn" icon={icon} title={title}>
        {children}
      </Callout>
      <div className="question-foot">
        <Button ref={safe} onClick={onNo}>
          {no}
        </Button>
        <Button variant={isDanger ? 'danger' : 'primary'} aria-disabled={isBusy} onClick={onYes}>
          {yes}
        </Button>
      </div>
    </div>
  );
}

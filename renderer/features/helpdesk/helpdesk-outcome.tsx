import { CircleAlert, CircleCheck } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { useHelpdesk, type HelpdeskOutcome } from './helpdesk-store.js';

const text = strings.helpdesk;

/** What became of the last thing done; stays in the page, so that what comes into it is read out. */
export function HelpdeskOutcomeLine() {
  const outcome = useHelpdesk((state) => state.outcome);
  const place = useRef<HTMLDivElement>(null);
  // The form is longer than most windows.
  useEffect(() => {
    if (outcome.kind !== 'none') place.current?.scrollIntoView({ block: 'nearest' });
  }, [outcome]);
  return (
    <div ref={place} className="helpdesk-outcome" role="status">
      {outcomeOf(outcome)}
    </div>
  );
}

function outcomeOf(outcome: HelpdeskOutcome): ReactNode {
  switch (outcome.kind) {
    case 'none':
      return null;
    case 'field':
      return <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={outcome.problem.text} />;
    case 'works':
      return (
        <Good title={text.form.works(outcome.report.user)}>
          {outcome.report.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Good>
      );
    case 'saved':
      return <Good title={text.saved(outcome.name)} />;
    case 'removed':
      return <Good title={text.removed(outcome.name)} />;
    case 'failed': {
      const { message, detail, next } = outcome.error;
      return (
        <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={message}>
          {detail !== undefined && <p>{detail}</p>}
          <p>{next}</p>
        </Callout>
      );
    }
    default:
      return assertNever(outcome, 'outcome');
  }
}

function Good({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Callout tone="good" icon={<CircleCheck aria-hidden />} title={title}>
      {children}
    </Callout>
  );
}

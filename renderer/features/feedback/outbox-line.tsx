import { CheckCheck, CircleAlert, Clock3, HardDrive, Send } from 'lucide-react';
import type { ReactNode } from 'react';

import type { OutboxStatus } from '../../../shared/domain/feedback-delivery.js';
import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Callout } from '../../ui/callout.js';
import { shortTime } from '../../ui/time.js';
import { useFeedback } from './feedback-store.js';

const text = strings.outbox;

/** How the decisions stand with the team: what waits and why, what the hub did not take, and what can be done. */
export function OutboxLine() {
  const outbox = useFeedback((state) => state.outbox);
  const problem = useFeedback((state) => state.problem);
  if (!outbox) return null;
  return (
    <section className="outbox" aria-label={text.title}>
      <Delivery status={outbox} />
      {outbox.refused > 0 && <Refused count={outbox.refused} />}
      {problem && (
        <p className="outbox-line" role="alert">
          <CircleAlert aria-hidden />
          <span>
            {problem.message} {problem.next}
          </span>
        </p>
      )}
    </section>
  );
}

function Delivery({ status: { activity, waiting } }: { readonly status: OutboxStatus }) {
  if (activity === null) return <Line icon={<HardDrive aria-hidden />}>{text.noTeam}</Line>;
  switch (activity.kind) {
    case 'resting':
    case 'sending':
      return waiting === 0 ? (
        <Line icon={<CheckCheck aria-hidden />}>{text.allSent}</Line>
      ) : (
        <Line icon={<Send aria-hidden />}>{text.soon(waiting)}</Line>
      );
    case 'failing':
      if (waiting === 0) return <Line icon={<CheckCheck aria-hidden />}>{text.allSent}</Line>;
      return (
        <Held waiting={waiting}>
          {text.why(activity.error.message, shortTime(activity.since))}{' '}
          {text.nextTry(shortTime(activity.nextTryAt))}
        </Held>
      );
    case 'stopped':
      return (
        <Held waiting={waiting}>
          {text.why(activity.error.message, shortTime(activity.since))} {activity.error.next}
        </Held>
      );
    default:
      return assertNever(activity, 'delivery');
  }
}

function Line({ icon, children }: { readonly icon: ReactNode; readonly children: string }) {
  return (
    <p className="outbox-line">
      {icon}
      <span>{children}</span>
    </p>
  );
}

function Held({ waiting, children }: { readonly waiting: number; readonly children: ReactNode }) {
  const retry = useFeedback((state) => state.retry);
  return (
    <Callout tone="neutral" icon={<Clock3 aria-hidden />} title={text.waiting(waiting)}>
      <p>{children}</p>
      <p className="outbox-actions">
        <Button onClick={() => void retry()}>{text.retry}</Button>
      </p>
    </Callout>
  );
}

function Refused({ count }: { readonly count: number }) {
  const exported = useFeedback((state) => state.exported);
  const exportRefused = useFeedback((state) => state.exportRefused);
  const retryRefused = useFeedback((state) => state.retryRefused);
  const isRefusedOnly = useFeedback((state) => state.isRefusedOnly);
  const showRefused = useFeedback((state) => state.showRefused);
  return (
    <Callout tone="warn" icon={<CircleAlert aria-hidden />} title={text.refused(count)}>
      {exported && <p role="status">{text.exported(exported.count, exported.file)}</p>}
      <p className="outbox-actions">
        <Button onClick={() => void showRefused(!isRefusedOnly)}>
          {isRefusedOnly ? text.showAll : text.showRefused}
        </Button>
        <Button onClick={() => void exportRefused()}>{text.export}</Button>
        <Button onClick={() => void retryRefused()}>{text.retryRefused}</Button>
      </p>
    </Callout>
  );
}

import { useState } from 'react';

import type { Action } from '../../../shared/domain/action.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { useActions } from './actions-store.js';

const text = strings.changes;

/** What a person may do about a change in its state. Approving takes two presses, of which the second is no double click. */
export function ActionButtons({ action }: { readonly action: Action }) {
  const { id, status } = action;
  const isBusy = useActions((state) => state.busyId === id);
  const isRefusing = useActions((state) => state.refusingId === id);
  const { retry, lookAgain, settle } = useActionCalls();
  if (isRefusing) return <Refusal id={id} />;
  switch (status) {
    case 'waiting_for_rep':
      return <Waiting action={action} />;
    case 'waiting_for_lead':
      return (
        <div className="action-buttons">
          <RefuseButton id={id} />
        </div>
      );
    case 'failed':
    case 'approved':
      return (
        <div className="action-buttons">
          <Button aria-disabled={isBusy} onClick={() => void retry(id)}>
            {isBusy ? text.working : text.retry}
          </Button>
        </div>
      );
    case 'unclear':
      return (
        <div className="action-buttons">
          {action.canLookAgain !== false && (
            <Button variant="primary" aria-disabled={isBusy} onClick={() => void lookAgain(id)}>
              {isBusy ? text.working : text.lookAgain}
            </Button>
          )}
          <Button onClick={() => void settle(id, true)}>{text.wasDone}</Button>
          <Button onClick={() => void settle(id, false)}>{text.wasNotDone}</Button>
        </div>
      );
    case 'running':
    case 'succeeded':
    case 'refused':
      return null;
  }
}

function useActionCalls() {
  const retry = useActions((state) => state.retry);
  const lookAgain = useActions((state) => state.lookAgain);
  const settle = useActions((state) => state.settle);
  return { retry, lookAgain, settle };
}

function Waiting({ action }: { readonly action: Action }) {
  const { id, title, effect, findings } = action;
  const isBusy = useActions((state) => state.busyId === id);
  const isArmed = useActions((state) => state.armedId === id);
  const isTyped = useActions((state) => state.typed[id] !== undefined);
  const press = useActions((state) => state.press);
  const disarm = useActions((state) => state.disarm);
  const isBlocked = effect === '' || findings.some((finding) => finding.effect === 'blocks');
  const needsLead = findings.some((finding) => finding.effect === 'needs_lead');
  const label = needsLead ? text.approveForLead(title) : text.approve(title);
  return (
    <>
      <div className="action-buttons">
        {!isBlocked && (
          <Button
            variant={isArmed ? 'danger' : 'primary'}
            aria-disabled={isBusy || isTyped}
            onClick={() => {
              if (!isTyped) void press(id);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || !isArmed) return;
              event.preventDefault();
              event.stopPropagation();
              disarm();
            }}
          >
            {isBusy ? text.working : isArmed ? text.confirm : label}
          </Button>
        )}
        <RefuseButton id={id} />
      </div>
      <p className="action-hint" aria-live="polite">
        {isArmed ? `${effect} ${text.confirmHint}` : ''}
      </p>
    </>
  );
}

function RefuseButton({ id }: { readonly id: string }) {
  const askWhy = useActions((state) => state.askWhy);
  return <Button onClick={() => askWhy(id)}>{text.refuse}</Button>;
}

function Refusal({ id }: { readonly id: string }) {
  const [reason, setReason] = useState('');
  const refuse = useActions((state) => state.refuse);
  const askWhy = useActions((state) => state.askWhy);
  return (
    <form
      className="action-fields"
      onSubmit={(event) => {
        event.preventDefault();
        void refuse(id, reason.trim());
      }}
    >
      <TextField label={text.reason} value={reason} maxLength={500} onChange={setReason} />
      <div className="action-buttons">
        <Button type="submit" variant="danger" keyHint="↵">
          {text.refuseNow}
        </Button>
        <Button onClick={() => askWhy(null)}>{text.back}</Button>
      </div>
    </form>
  );
}

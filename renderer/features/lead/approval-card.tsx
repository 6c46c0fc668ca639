import { useState } from 'react';

import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { Chip } from '../../ui/chip.js';
import { TextField } from '../../ui/field.js';
import { Section } from '../../ui/section.js';
import { Time } from '../../ui/time.js';
import type { Waiting } from './approvals-store.js';
import { useApprovals } from './lead-stores.js';

const text = strings.approvals;

/** One change exactly as it would be made, and what a lead may say to it. */
export function ApprovalCard({ waiting }: { readonly waiting: Waiting }) {
  const { question, memberName, askedAt, isOwn } = waiting;
  const { actionId, title, effect, amount, fields, input, call } = question;
  const values = fields.filter(({ key }) => (input[key] ?? '') !== '');
  return (
    <li className="lead-approval" aria-labelledby={`approval-${actionId}`}>
      <header className="lead-approval-head">
        <h3 id={`approval-${actionId}`}>{title}</h3>
        <Time iso={askedAt} className="lead-hint" />
      </header>
      <p className="lead-hint">{text.asks(memberName)}</p>
      {amount && (
        <p className="lead-approval-amount number">
          {amount.amount.toFixed(2)} {amount.currency}
        </p>
      )}
      <p className="lead-approval-effect" dir="auto">
        {effect}
      </p>
      <Rules waiting={waiting} />
      {values.length > 0 && (
        <Section title={text.values}>
          <dl className="lead-approval-values">
            {values.map(({ key, label }) => (
              <div key={key}>
                <dt>{label}</dt>
                <dd dir="auto">{input[key]}</dd>
              </div>
            ))}
          </dl>
        </Section>
      )}
      {call !== '' && (
        <details className="lead-approval-call">
          <summary>{text.call}</summary>
          <pre>{call}</pre>
        </details>
      )}
      {isOwn ? <p className="lead-hint">{text.own}</p> : <Decision id={actionId} effect={effect} />}
    </li>
  );
}

function Rules({ waiting }: { readonly waiting: Waiting }) {
  const { findings } = waiting.question;
  if (findings.length === 0) return null;
  return (
    <ul className="lead-approval-rules" aria-label={text.rules}>
      {findings.map(({ rule, message, effect, source }) => (
        <li key={rule}>
          <Chip tone={effect === 'passes' ? 'good' : effect === 'blocks' ? 'bad' : 'warn'}>
            {text.ruleEffect[effect]}
          </Chip>
          <span>{message}</span>
          {source && <span className="lead-hint">{text.from(source.title)}</span>}
        </li>
      ))}
    </ul>
  );
}

function Decision({ id, effect }: { readonly id: string; readonly effect: string }) {
  const isBusy = useApprovals((state) => state.busyId === id);
  const isArmed = useApprovals((state) => state.armedId === id);
  const isRefusing = useApprovals((state) => state.refusingId === id);
  const press = useApprovals((state) => state.press);
  const disarm = useApprovals((state) => state.disarm);
  const askWhy = useApprovals((state) => state.askWhy);
  if (isRefusing) return <Refusal id={id} />;
  return (
    <>
      <div className="lead-foot" data-start>
        <Button
          variant={isArmed ? 'danger' : 'primary'}
          aria-disabled={isBusy}
          data-own-escape={isArmed}
          onClick={() => void press(id)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') disarm();
          }}
        >
          {isBusy ? text.working : isArmed ? text.confirm : text.approve}
        </Button>
        <Button aria-disabled={isBusy} onClick={() => askWhy(id)}>
          {text.refuse}
        </Button>
      </div>
      <p className="lead-approval-armed" aria-live="polite">
        {isArmed ? `${effect} ${text.confirmHint}` : ''}
      </p>
    </>
  );
}

function Refusal({ id }: { readonly id: string }) {
  const [reason, setReason] = useState('');
  const isBusy = useApprovals((state) => state.busyId === id);
  const refuse = useApprovals((state) => state.refuse);
  const askWhy = useApprovals((state) => state.askWhy);
  return (
    <form
      className="lead-form"
      onSubmit={(event) => {
        event.preventDefault();
        void refuse(id, reason.trim());
      }}
    >
      <TextField
        label={text.reason}
        hint={text.reasonHint}
        value={reason}
        maxLength={500}
        onChange={setReason}
      />
      <div className="lead-foot" data-start>
        <Button type="submit" variant="danger" keyHint="↵" aria-disabled={isBusy}>
          {isBusy ? text.working : text.refuseNow}
        </Button>
        <Button onClick={() => askWhy(null)}>{text.back}</Button>
      </div>
    </form>
  );
}

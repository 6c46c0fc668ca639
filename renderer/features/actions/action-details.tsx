import { CircleAlert } from 'lucide-react';

import type { Action, PolicyFinding, RuleSource } from '../../../shared/domain/action.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { ActionButtons } from './action-buttons.js';
import { ActionFields } from './action-fields.js';
import { useActions } from './actions-store.js';

const text = strings.changes;

/** All of one change: what happens, the rules, the exact call, and what a person may do about it. */
export function ActionDetails({
  action,
  onOpenSource,
}: {
  readonly action: Action;
  readonly onOpenSource: (source: RuleSource) => void;
}) {
  const { id, effect, detail, status, amount, call, findings, facts, proof, decisions } = action;
  const problem = useActions((state) => (state.problem?.id === id ? state.problem.error : null));
  const isWaiting = status === 'waiting_for_rep';
  return (
    <div className="action-details">
      {amount && (
        <p className="action-amount number">
          {amount.amount.toFixed(2)} {amount.currency}
        </p>
      )}
      {effect !== '' && (
        <p className="action-says" dir="auto">
          {effect}
        </p>
      )}
      {detail !== '' && (
        <p
          className="action-detail"
          data-tone={isWaiting || status === 'failed' ? 'bad' : undefined}
          dir="auto"
        >
          {detail}
        </p>
      )}
      {findings.length > 0 && <Rules findings={findings} onOpenSource={onOpenSource} />}
      {isWaiting && <ActionFields action={action} />}
      {facts.length > 0 && (
        <dl className="facts-list">
          {facts.map(({ key, label, value }) => (
            <div key={key} data-fact={key}>
              <dt>{label}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
          {proof !== null && (
            <div data-fact="proof">
              <dt>{text.proof}</dt>
              <dd className="number">{proof}</dd>
            </div>
          )}
        </dl>
      )}
      {call !== '' && (
        <details className="action-call">
          <summary>{text.call}</summary>
          <pre>{call}</pre>
        </details>
      )}
      {decisions.length > 0 && (
        <ul className="action-decisions">
          {decisions.map(({ at, by, decision, reason }) => (
            <li key={`${at} ${decision}`}>
              {text.by(by, text.decision[decision])}
              {reason !== '' && `: ${reason}`}
            </li>
          ))}
        </ul>
      )}
      {problem && (
        <Callout tone="bad" icon={<CircleAlert aria-hidden />} title={problem.message}>
          <p>{problem.next}</p>
        </Callout>
      )}
      <ActionButtons action={action} />
    </div>
  );
}

function Rules({
  findings,
  onOpenSource,
}: {
  readonly findings: readonly PolicyFinding[];
  readonly onOpenSource: (source: RuleSource) => void;
}) {
  return (
    <ul className="action-rules" aria-label={text.rules}>
      {findings.map(({ rule, message, effect, source }) => (
        <li key={rule} data-effect={effect}>
          <strong>{text.ruleEffect[effect]}:</strong> {message}{' '}
          {source && (
            <button type="button" className="action-source" onClick={() => onOpenSource(source)}>
              {text.from(source.title)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

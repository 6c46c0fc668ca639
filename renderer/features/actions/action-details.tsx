import { CircleAlert } from 'lucide-react';

import type { Action, PolicyFinding } from '../../../shared/domain/action.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { ActionButtons } from './action-buttons.js';
import { ActionFields } from './action-fields.js';
import { useActions } from './actions-store.js';

const text = strings.changes;

/** All of one change: what happens, the rules, the exact call, and what a person may do about it. */
export function ActionDetails({ action }: { readonly action: Action }) {
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
      {findings.length > 0 && <Rules findings={findings} />}
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

function Rules({ findings }: { readonly findings: readonly PolicyFinding[] }) {
  return (
    <ul className="action-rules" aria-label={text.rules}>
      {findings.map(({ rule, message, effect, source }) => (
        <li key={rule} data-effect={effect}>
          <strong>{text.ruleEffect[effect]}</strong> {message}
          {source && <span className="action-source"> {text.from(source.title)}</span>}
        </li>
      ))}
    </ul>
  );
}

import { UserRoundCheck } from 'lucide-react';

import type { Suggestion } from '../../../shared/domain/suggestion.js';
import { strings } from '../../app/strings.js';
import { Callout } from '../../ui/callout.js';
import { Section } from '../../ui/section.js';

const text = strings.escalated;

interface HandoverPanelProps {
  readonly suggestion: Extract<Suggestion, { outcome: 'escalated' }>;
}

/** Why a person must take over, in the customer's own words, and what that person needs to know. */
export function HandoverPanel({ suggestion: { handover, intent } }: HandoverPanelProps) {
  const { reason, team, summary, customerWants, facts, openQuestions } = handover;
  // The reason often quotes the customer already.
  const words = (intent.escalation?.words ?? []).filter((word) => !reason.includes(word));
  return (
    <>
      <Callout tone="bad" icon={<UserRoundCheck aria-hidden />} title={text.title}>
        <p>
          {intent.escalation && <strong>{text.reason[intent.escalation.reason]}: </strong>}
          {reason}
        </p>
        {words.length > 0 && (
          <p className="escalation-words">
            {text.words}{' '}
            {words.map((word, at) => (
              <span key={word}>
                {at > 0 && ', '}
                <q dir="auto">{word}</q>
              </span>
            ))}
          </p>
        )}
      </Callout>
      <Section title={text.handover}>
        <dl className="handover">
          <div>
            <dt>{text.team}</dt>
            <dd>{team}</dd>
          </div>
          <div>
            <dt>{text.wants}</dt>
            <dd dir="auto">{customerWants}</dd>
          </div>
          <div>
            <dt>{text.summary}</dt>
            <dd dir="auto">{summary}</dd>
          </div>
          <Lines title={text.facts} lines={facts} />
          <Lines title={text.questions} lines={openQuestions} />
        </dl>
      </Section>
    </>
  );
}

function Lines({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        <ul>
          {lines.map((line) => (
            <li key={line} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}

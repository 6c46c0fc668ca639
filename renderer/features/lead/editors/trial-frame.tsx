import { FlaskConical } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';

import type { Fact } from '../../../../shared/domain/tool-call.js';
import { strings } from '../../../app/strings.js';
import { Button } from '../../../ui/button.js';
import { SelectField } from '../../../ui/field.js';
import { Section } from '../../../ui/section.js';
import { useTrial } from '../lead-stores.js';
import { Problem } from '../loaded-view.js';

const text = strings.leadEditor.trial;

interface TrialFrameProps {
  /** False while the form lacks something. */
  readonly isWhole: boolean;
  readonly onTry: () => Promise<void>;
  /** More to choose, beside the conversation. */
  readonly fields?: ReactNode;
  readonly children: ReactNode;
}

/** Where a lead tries what stands in the form on a conversation of this desk. */
export function TrialFrame({ isWhole, onTry, fields, children }: TrialFrameProps) {
  const { conversations, conversationId, outcome } = useTrial((state) => state);
  const load = useTrial((state) => state.load);
  const choose = useTrial((state) => state.choose);
  useEffect(() => void load(), [load]);
  const place = useRef<HTMLDivElement>(null);
  const canTry = isWhole && conversationId !== null;
  return (
    <Section title={text.title}>
      <div className="lead-fields">
        <SelectField
          label={text.conversation}
          value={conversationId ?? ''}
          options={
            conversations.length === 0
              ? [{ value: '', label: text.none }]
              : conversations.map(({ id, subject, customer }) => ({
                  value: id,
                  label: `${customer.name}: ${subject}`,
                }))
          }
          onChange={(id) => choose({ conversationId: id })}
        />
        {fields}
      </div>
      <div>
        <Button
          icon={<FlaskConical aria-hidden />}
          aria-disabled={!canTry || outcome.kind === 'running'}
          onClick={() => {
            if (canTry && outcome.kind !== 'running') void onTry().then(() => showOutcome(place.current));
          }}
        >
          {outcome.kind === 'running' ? text.running : text.run}
        </Button>
      </div>
      <div ref={place} role="status" className="lead-trial-outcome">
        {!isWhole && <p className="lead-hint">{text.fix}</p>}
        {outcome.kind === 'failed' && <Problem error={outcome.error} />}
        {children}
      </div>
    </Section>
  );
}

/** It lies below the buttons that stay at the foot; it is on the page once it was drawn. */
function showOutcome(place: HTMLElement | null): void {
  requestAnimationFrame(() => place?.scrollIntoView({ block: 'nearest' }));
}

/** The keys conditions can ask about in this conversation, with what they are. */
export function TrialFacts({ facts }: { readonly facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <details>
      <summary>{text.facts}</summary>
      <ul className="lead-trial-facts">
        {facts.map(({ key, value }) => (
          <li key={`${key} ${value}`}>
            <code>{key}</code> <span dir="auto">{value}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

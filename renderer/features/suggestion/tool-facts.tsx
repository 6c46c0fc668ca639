import { Ban, CircleCheck, CircleX, SearchX, type LucideIcon } from 'lucide-react';

import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { strings } from '../../app/strings.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { Section } from '../../ui/section.js';
import { duration } from '../../ui/time.js';
import { useAgo } from '../../ui/use-ago.js';
import { FactValue } from './fact-value.js';

const text = strings.facts;

const look: Record<ToolCall['status'], { readonly icon: LucideIcon; readonly tone: Tone }> = {
  succeeded: { icon: CircleCheck, tone: 'good' },
  not_found: { icon: SearchX, tone: 'warn' },
  refused: { icon: Ban, tone: 'bad' },
  failed: { icon: CircleX, tone: 'bad' },
};

interface ToolFactsProps {
  readonly toolCalls: readonly ToolCall[];
  readonly highlighted: readonly string[];
}

/** What the business tools know, one block per call: its facts, or why there are none. */
export function ToolFacts({ toolCalls, highlighted }: ToolFactsProps) {
  if (toolCalls.length === 0) return null;
  return (
    <Section title={text.title}>
      {toolCalls.map((call) => {
        const { icon: Icon, tone } = look[call.status];
        return (
          <div
            key={call.id}
            id={toolCallElementId(call.id)}
            className="facts"
            role="group"
            tabIndex={-1}
            aria-label={`${call.id} ${call.title}`}
            data-status={call.status}
            data-highlighted={highlighted.includes(call.id)}
          >
            <div className="facts-head">
              <span className="citation" data-kind="plain">
                {call.id}
              </span>
              <span className="facts-title">{call.title}</span>
              <Source call={call} />
              {call.status !== 'succeeded' && (
                <Chip tone={tone} icon={<Icon aria-hidden />}>
                  {text.status[call.status]}
                </Chip>
              )}
            </div>
            {call.facts.length > 0 ? (
              <dl className="facts-list">
                {call.facts.map((fact) => (
                  <div key={fact.key} data-fact={fact.key}>
                    <dt>{fact.label}</dt>
                    <dd dir="auto">
                      <FactValue fact={fact} />
                    </dd>
                  </div>
                ))}
              </dl>
            ) : (
              <p className="facts-detail">{call.detail || text.none}</p>
            )}
          </div>
        );
      })}
    </Section>
  );
}

/** Which system said it and how long ago; how long the call took is there on hovering. */
function Source({ call: { system, readAt, durationMs } }: { readonly call: ToolCall }) {
  const age = useAgo(readAt ?? null);
  if (system === undefined) return <span className="number facts-ms">{duration(durationMs)}</span>;
  return (
    <span className="facts-ms" title={duration(durationMs)}>
      <span dir="auto">{system}</span>
      {age !== '' && ` · ${age}`}
    </span>
  );
}

/** Where a citation of a tool fact leads. */
export const toolCallElementId = (toolCallId: string): string => `fact-${toolCallId}`;

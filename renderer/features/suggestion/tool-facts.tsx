import { Ban, BotOff, CircleCheck, CircleX, SearchX, type LucideIcon } from 'lucide-react';

import type { ToolCall } from '../../../shared/domain/tool-call.js';
import { strings } from '../../app/strings.js';
import { Chip, type Tone } from '../../ui/chip.js';
import { Section } from '../../ui/section.js';
import { duration } from '../../ui/time.js';

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
              <span className="number facts-ms">{duration(call.durationMs)}</span>
              {call.status !== 'succeeded' && (
                <Chip tone={tone} icon={<Icon aria-hidden />}>
                  {text.status[call.status]}
                </Chip>
              )}
            </div>
            {call.facts.length > 0 ? (
              <dl className="facts-list">
                {call.facts.map(({ key, label, value, original }) => (
                  <div key={key} data-fact={key}>
                    <dt>{label}</dt>
                    <dd dir="auto">
                      {value}
                      {original !== undefined && (
                        <span className="facts-original">
                          <Chip tone="bad" icon={<BotOff aria-hidden />} title={text.originalMeaning}>
                            {text.original}
                          </Chip>{' '}
                          <q>{original}</q>
                        </span>
                      )}
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

/** Where a citation of a tool fact leads. */
export const toolCallElementId = (toolCallId: string): string => `fact-${toolCallId}`;

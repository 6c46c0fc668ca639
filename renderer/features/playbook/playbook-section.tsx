import type { KeyboardEvent } from 'react';

import type { PlaybookProgress } from '../../../shared/domain/playbook.js';
import { withTicks, type ChangeStanding } from '../../../shared/playbook/with-ticks.js';
import { strings } from '../../app/strings.js';
import { Chip } from '../../ui/chip.js';
import { Section } from '../../ui/section.js';
import { PlaybookStep } from './playbook-step.js';
import { usePlaybook } from './playbook-store.js';
import './playbook.css';

const text = strings.playbook;
const STEPS = '.playbook-check';

/** The checklist of what the customer wants: what is done, what comes next, what is not for this conversation. Arrows move, Space ticks. */
export function PlaybookSection({
  progress,
  changes,
}: {
  readonly progress: PlaybookProgress;
  /** Of the conversation in business systems, oldest first. */
  readonly changes: readonly ChangeStanding[];
}) {
  const ticks = usePlaybook((state) => state.ticks);
  const mark = usePlaybook((state) => state.mark);
  const problem = usePlaybook((state) => state.problem);
  const steps = withTicks(progress, ticks, changes);
  const needed = steps.filter(({ state }) => state !== 'not_needed');
  const done = needed.filter(({ state }) => state === 'done').length;
  return (
    <Section
      title={text.title(progress.title)}
      aside={
        <Chip tone={done === needed.length ? 'good' : 'neutral'}>{text.count(done, needed.length)}</Chip>
      }
    >
      {/* The keys of the list belong to the steps in it, which are buttons. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ol className="playbook" aria-label={text.steps} onKeyDown={moveByArrow}>
        {steps.map((step) => (
          <PlaybookStep
            key={step.id}
            step={step}
            onMark={(next) => void mark(progress.intent, step.id, next)}
          />
        ))}
      </ol>
      {problem && (
        <p className="playbook-problem" role="alert">
          {text.notKept} {problem.next}
        </p>
      )}
    </Section>
  );
}

function moveByArrow(event: KeyboardEvent<HTMLOListElement>): void {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>(STEPS)];
  const row = document.activeElement?.closest('li')?.querySelector<HTMLElement>(STEPS);
  const to = all[all.findIndex((one) => one === row) + by];
  if (!to) return;
  event.preventDefault();
  to.focus();
}

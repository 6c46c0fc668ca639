import { CircleCheck, CircleDashed, CircleMinus, Undo2, type LucideIcon } from 'lucide-react';

import type { StepState, StepTick } from '../../../shared/domain/playbook.js';
import type { ShownStep } from '../../../shared/playbook/with-ticks.js';
import { strings } from '../../app/strings.js';
import { IconButton } from '../../ui/button.js';

const text = strings.playbook;

const icons: Record<StepState, LucideIcon> = {
  done: CircleCheck,
  open: CircleDashed,
  not_needed: CircleMinus,
};

interface PlaybookStepProps {
  readonly step: ShownStep;
  readonly onMark: (mark: StepTick['mark'] | null) => void;
}

/** One step: what to do, where it stands and what says so. */
export function PlaybookStep({ step, onMark }: PlaybookStepProps) {
  const { words, state, by, detail, toJudge, isNext, canTick } = step;
  const Icon = icons[state];
  const isByRep = by === 'rep';
  return (
    <li
      className="playbook-step"
      data-state={state}
      data-next={isNext || undefined}
      data-by={by ?? undefined}
    >
      <button
        type="button"
        role="checkbox"
        className="playbook-check"
        aria-checked={state === 'done'}
        aria-disabled={!canTick}
        onClick={() => {
          if (canTick) onMark(isByRep ? null : 'done');
        }}
      >
        <Icon aria-hidden />
        <span className="playbook-words" dir="auto">
          {words}
          {isNext && <span className="playbook-next"> {text.next}</span>}
        </span>
        {(state !== 'open' || detail !== '' || toJudge !== null) && (
          <span className="playbook-detail" dir="auto">
            {toJudge !== null && <span>{text.onlyIf(toJudge)}</span>}
            {state !== 'open' && by && <span>{text.by[state][by]}</span>}
            {detail !== '' && <span>{detail}</span>}
          </span>
        )}
      </button>
      {state === 'open' && (
        <IconButton
          label={text.notNeeded(words)}
          icon={<CircleMinus aria-hidden />}
          onClick={() => onMark('not_needed')}
        />
      )}
      {isByRep && state === 'not_needed' && (
        <IconButton label={text.takeBack(words)} icon={<Undo2 aria-hidden />} onClick={() => onMark(null)} />
      )}
    </li>
  );
}

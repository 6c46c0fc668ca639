import type { PlaybookProgress, StepProgress, StepTick } from '../domain/playbook.js';

/** A step, and whether it is the one to do next. */
export interface ShownStep extends StepProgress {
  readonly isNext: boolean;
  /** False where code saw it done: that is not taken back by hand. */
  readonly canTick: boolean;
}

/** A change of the conversation as steps look at it, whenever it was made. */
export interface ChangeStanding {
  readonly tool: string;
  readonly isMade: boolean;
  /** The system's number for it, or where it stands. */
  readonly detail: string;
}

/**
 * What was changed and what a rep ticked, over what a run found. What was seen done stays done: a run tells of a change only until the customer
 * was told, and a step that opened again would have it made twice. Where code says that a step is not needed the rep may know better.
 */
export function withTicks(
  progress: PlaybookProgress,
  ticks: readonly StepTick[],
  changes: readonly ChangeStanding[] = [],
): readonly ShownStep[] {
  const steps = progress.steps
    .map((step) => withChanges(step, changes))
    .map((step): Omit<ShownStep, 'isNext'> => {
      if (step.state === 'done') return { ...step, canTick: false };
      const tick = ticks.find(({ intent, stepId }) => intent === progress.intent && stepId === step.id);
      if (!tick) return { ...step, canTick: true };
      return { ...step, state: tick.mark, by: 'rep', detail: '', toJudge: null, canTick: true };
    });
  const next = steps.find(({ state }) => state === 'open');
  return steps.map((step) => ({ ...step, isNext: step === next }));
}

function withChanges(step: StepProgress, changes: readonly ChangeStanding[]): StepProgress {
  const own = changes.filter(({ tool }) => tool === step.tool);
  const made = own.filter(({ isMade }) => isMade).at(-1);
  if (made) return { ...step, state: 'done', by: 'change', detail: made.detail, toJudge: null };
  const newest = own.at(-1);
  return newest && step.state === 'open' ? { ...step, detail: newest.detail } : step;
}

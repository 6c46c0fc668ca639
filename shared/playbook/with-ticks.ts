import type { PlaybookProgress, StepProgress, StepTick } from '../domain/playbook.js';

/** A step, and whether it is the one to do next. */
export interface ShownStep extends StepProgress {
  readonly isNext: boolean;
  /** False where code saw it done: that is not taken back by hand. */
  readonly canTick: boolean;
}

/** What a rep ticked over what code found. What code saw done stays done; where code says that a step is not needed the rep may know better. */
export function withTicks(progress: PlaybookProgress, ticks: readonly StepTick[]): readonly ShownStep[] {
  const steps = progress.steps.map((step): Omit<ShownStep, 'isNext'> => {
    if (step.state === 'done') return { ...step, canTick: false };
    const tick = ticks.find(({ intent, stepId }) => intent === progress.intent && stepId === step.id);
    if (!tick) return { ...step, canTick: true };
    return { ...step, state: tick.mark, by: 'rep', detail: '', toJudge: null, canTick: true };
  });
  const next = steps.find(({ state }) => state === 'open');
  return steps.map((step) => ({ ...step, isNext: step === next }));
}

import type { ImportProgress } from '../../../shared/domain/knowledge-source.js';

/** Tells how one phase of an import goes on. */
export interface PhaseProgress {
  /** `share` is how much of the phase's work is done, 0 to 1, where items are of very different size. */
  at(done: number, share?: number): void;
}

export type ShowProgress = (progress: ImportProgress | null) => void;

const INTERVAL_MS = 200;
/** Before this an estimate jumps about. */
const FIRST_ESTIMATE_MS = 1000;

/** Begins a phase of `total` items; shown at once, then at most five times a second and at the end. */
export function startPhase(phase: ImportProgress['phase'], total: number, show: ShowProgress): PhaseProgress {
  const startedAt = performance.now();
  let shownAt = startedAt;
  show({ phase, done: 0, total, perSecond: 0, remainingMs: null });
  return {
    at(done, share = total === 0 ? 1 : done / total) {
      const now = performance.now();
      if (now - shownAt < INTERVAL_MS && done < total) return;
      shownAt = now;
      const elapsedMs = now - startedAt;
      show({
        phase,
        done: Math.min(done, total),
        total,
        perSecond: elapsedMs > 0 ? Math.round((done / elapsedMs) * 10_000) / 10 : 0,
        remainingMs:
          elapsedMs < FIRST_ESTIMATE_MS || share <= 0
            ? null
            : Math.round(Math.max(0, elapsedMs / Math.min(1, share) - elapsedMs)),
      });
    },
  };
}

import type { Stage } from '../../shared/domain/suggestion.js';

/**
 * How long each stage may take, in milliseconds, before the run goes on without it. The local strategies need a tenth of this;
 * the limits are for a machine that is busy, a worker that hangs, a shop system that does not answer.
 */
export const stageLimitsMs: Readonly<Record<Stage, number>> = {
  intent: 4_000,
  retrieval: 4_000,
  tools: 4_000,
  drafting: 4_000,
  critique: 2_000,
  escalation: 2_000,
};

/** Critique may send a draft back this often; then what is still wrong is shown as such, or the draft is withheld. */
export const MAX_REVISIONS = 2;

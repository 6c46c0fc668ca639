import type { ModelTask } from '../../shared/domain/model-run.js';
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

/** The same for a run with a chat model. Nobody waits for it: the local card is on the screen. */
export const modelStageLimitsMs: Readonly<Record<Stage, number>> = {
  intent: 8_000,
  retrieval: 10_000,
  tools: 10_000,
  drafting: 20_000,
  critique: 12_000,
  escalation: 15_000,
};

/** How long one question to a model may take, in milliseconds. Less than its stage: the local result then counts. */
export function askLimitMs(task: ModelTask): number {
  switch (task) {
    case 'intent':
    case 'retrieval':
    case 'tools':
    case 'screening':
      return 5_000;
    case 'critique':
    case 'summary':
      return 10_000;
    case 'drafting':
    case 'rewrite':
      return 15_000;
  }
}

/** Critique may send a draft back this often; then what is still wrong is shown as such, or the draft is withheld. */
export const MAX_REVISIONS = 2;

/** From this share of bad sentences on a model's draft is written again; below it the rep sees them, marked. */
export const REWRITE_SHARE = 0.34;

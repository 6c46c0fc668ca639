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

/**
 * What a stage with a model needs beside the call itself, in milliseconds: its local strategy, and a moment for the call to end. Nobody waits
 * for it, as the local card is on the screen; how long a call may take is for the settings to say.
 */
export const BESIDE_MODEL_MS = 6_000;

/** Which call of a stage takes longest. */
export const taskOfStage: Readonly<Record<Stage, ModelTask>> = {
  intent: 'intent',
  retrieval: 'retrieval',
  tools: 'tools',
  drafting: 'drafting',
  critique: 'critique',
  escalation: 'summary',
};

/** The port ends a call at its time limit; a run goes on without it this much later even if the port does not. */
export const LATE_MS = 1_000;

/** Critique may send a draft back this often; then what is still wrong is shown as such, or the draft is withheld. */
export const MAX_REVISIONS = 2;

/** From this share of bad sentences on a model's draft is written again; below it the rep sees them, marked. */
export const REWRITE_SHARE = 0.34;

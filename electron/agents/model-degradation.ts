import type { ModelFailure } from '../../shared/domain/model-run.js';
import type { Degradation, Stage } from '../../shared/domain/suggestion.js';

const withoutModel: Readonly<Record<Stage, string>> = {
  intent: 'What the customer wants was recognised without the model.',
  retrieval: 'The knowledge was searched without the help of the model.',
  tools: 'Look-ups were chosen without the model.',
  drafting: 'The reply was written without the model.',
  critique: 'The reply was checked without the model.',
  escalation: 'The handover was written without the model.',
};

/** A stage whose model failed and whose local result counts, as the card says it. */
export function modelDegradation(stage: Stage, { code, message }: ModelFailure): Degradation {
  return { stage, code, message: `${withoutModel[stage]} ${message}` };
}

import type { ModelFailure, ModelFailureCode } from '../../../shared/domain/model-run.js';

/** What each failure means to the rep, in one sentence; none of them holds a key or anything a customer wrote. */
const MEANINGS: Readonly<Record<ModelFailureCode, readonly [message: string, canRetry: boolean]>> = {
  MODEL_NOT_SET_UP: ['No model is set up for this step.', false],
  MODEL_KEY_MISSING: ['The key of the model service is not on this computer. Enter it in Settings.', false],
  MODEL_KEY_REFUSED: ['The model service does not accept the key.', false],
  MODEL_UNREACHABLE: ['The model service cannot be reached.', true],
  MODEL_BUSY: ['The model service is busy.', true],
  MODEL_TIME_LIMIT: ['The model took too long.', true],
  MODEL_OVER_BUDGET: ["Today's limit for models is used up.", false],
  MODEL_BLOCKED_BY_PRIVACY: ['The privacy rules let nothing of this conversation leave.', false],
  MODEL_NOT_WRITTEN_DOWN: [
    'The request could not be written into the ledger, so it was not sent. The disk may be full.',
    true,
  ],
  MODEL_CUT_OFF: ['The answer of the model broke off.', true],
  MODEL_MALFORMED: ['The model did not answer in the form it was asked for.', true],
  MODEL_REFUSED: ['The model refused to answer.', false],
  MODEL_EMPTY: ['The model answered with nothing.', true],
  MODEL_REPEATED_ITSELF: ['The model repeated itself without end.', true],
  MODEL_WRONG_LANGUAGE: ['The model answered in another language.', true],
  MODEL_CANCELLED: ['The call was cancelled.', false],
  MODEL_NOT_FOUND: ['The service does not know this model.', false],
  MODEL_REQUEST_REFUSED: ['The model service does not take this request.', false],
  MODEL_QUOTA_USED_UP: ['The account at the model service has no quota left.', false],
  MODEL_TOO_LONG: ['The conversation is longer than the model can read.', false],
};

/** Builds the failure of a code. */
export function modelFailure(code: ModelFailureCode): ModelFailure {
  const [message, canRetry] = MEANINGS[code];
  return { code, message, canRetry };
}

/** Worth another attempt at the same model, after a pause. */
export const isTransient = (code: ModelFailureCode): boolean =>
  code === 'MODEL_UNREACHABLE' || code === 'MODEL_BUSY' || code === 'MODEL_CUT_OFF';

/** Says that the service itself is in trouble, which opens its circuit breaker when it happens again and again. */
export const isOutage = (code: ModelFailureCode): boolean =>
  code === 'MODEL_UNREACHABLE' || code === 'MODEL_BUSY' || code === 'MODEL_TIME_LIMIT';

/** The end of all attempts: no other model can change it. */
export const isFinal = (code: ModelFailureCode): boolean =>
  code === 'MODEL_CANCELLED' ||
  code === 'MODEL_BLOCKED_BY_PRIVACY' ||
  code === 'MODEL_NOT_WRITTEN_DOWN' ||
  code === 'MODEL_OVER_BUDGET';

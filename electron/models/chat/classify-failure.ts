import type { ModelFailureCode } from '../../../shared/domain/model-run.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { pauseFromBody } from './rate-limit.js';
import type { WireRecord } from './wire.js';

const QUOTA = /insufficient_quota|billing|credit balance|exceeded your current quota|payment/i;
const TOO_LONG =
  /context[_ ]length|maximum context|prompt is too long|too many tokens|token count .* exceeds/i;
const NO_MODEL = /model[_ ]not[_ ]found|does not exist|not_found_error|no such model|model .* not found/i;
const MODERATED = /moderation|flagged|content[ _]policy|safety system/i;
const BAD_KEY = /api[_ ]key[_ ](not[_ ]valid|invalid)|invalid (x-)?api[_ -]key/i;

/**
 * What went wrong with an attempt, from what was seen on the wire rather than from the many error classes of the packages.
 * `cancelled` and time limits are known to the caller and come before this.
 */
export function classifyFailure(record: WireRecord, cause: unknown): ModelFailureCode {
  const { status, errorBody } = record;
  const door = ownDoor(record.cause);
  if (door !== null) return door;
  if (status === null)
    return record.requests === 0 || isRedirect(record) ? 'MODEL_REQUEST_REFUSED' : 'MODEL_UNREACHABLE';
  if (status < 400) {
    // An error within the stream of an answer that began well.
    const message = cause instanceof Error ? cause.message : '';
    if (QUOTA.test(message)) return 'MODEL_QUOTA_USED_UP';
    if (/overloaded|rate.?limit/i.test(message)) return 'MODEL_BUSY';
    return isNotTheProtocol(record) ? 'MODEL_REQUEST_REFUSED' : 'MODEL_CUT_OFF';
  }
  if (status === 403 && MODERATED.test(errorBody)) return 'MODEL_REFUSED';
  if (status === 401 || status === 403 || (status === 400 && BAD_KEY.test(errorBody)))
    return 'MODEL_KEY_REFUSED';
  if (status === 402) return 'MODEL_QUOTA_USED_UP';
  // A limit of the minute is told as a used-up quota too, with the time it takes.
  if (status === 429)
    return QUOTA.test(errorBody) && pauseFromBody(errorBody) === null ? 'MODEL_QUOTA_USED_UP' : 'MODEL_BUSY';
  if (status === 404) return 'MODEL_NOT_FOUND';
  if (status === 408 || status >= 500) return 'MODEL_BUSY';
  if (status === 413 || TOO_LONG.test(errorBody)) return 'MODEL_TOO_LONG';
  if (QUOTA.test(errorBody)) return 'MODEL_QUOTA_USED_UP';
  return NO_MODEL.test(errorBody) ? 'MODEL_NOT_FOUND' : 'MODEL_REQUEST_REFUSED';
}

/** Our own ledger or privacy rules let nothing out: no service failed. */
function ownDoor(cause: unknown): ModelFailureCode | null {
  if (!(cause instanceof AppErrorException)) return null;
  return cause.error.code === 'PRIVACY_BLOCKED' ? 'MODEL_BLOCKED_BY_PRIVACY' : 'MODEL_NOT_WRITTEN_DOWN';
}

/** Redirects are not followed, and would be there again at the next attempt. */
export function isRedirect({ cause }: WireRecord): boolean {
  const inner = cause instanceof Error ? cause.cause : null;
  return inner instanceof Error && /redirect/i.test(inner.message);
}

/** A web page or plain text where a stream or JSON was asked for: another service lives at this address. */
export const isNotTheProtocol = ({ contentType }: WireRecord): boolean =>
  contentType !== '' && !/json|event-stream/i.test(contentType);

/** A part of the request that this model does not know; the same request without it may work. */
export type Unsupported = 'temperature' | 'form' | 'max_tokens';

/** Which part a service refused, read from its answer to a bad request. */
export function unsupportedPart({ status, errorBody }: WireRecord): Unsupported | null {
  if (status !== 400 && status !== 422) return null;
  if (/temperature/i.test(errorBody)) return 'temperature';
  if (/response_format|json_schema|structured output|grammar/i.test(errorBody)) return 'form';
  return /max_tokens|max_completion_tokens/i.test(errorBody) ? 'max_tokens' : null;
}

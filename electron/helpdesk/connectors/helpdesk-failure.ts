import { AppErrorException, type ErrorCode } from '../../../shared/errors/app-error.js';

/** A failure of a helpdesk; `retryAfterMs` is the pause it asked for, null when it did not. */
export class HelpdeskFailure extends AppErrorException {
  constructor(
    code: ErrorCode & `HELPDESK_${string}`,
    detail: string,
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(code, detail, options);
    this.name = 'HelpdeskFailure';
  }
}

/** Longest pause that is taken from a helpdesk's word, in milliseconds; a wrong clock must not silence a conversation for a day. */
const LONGEST_PAUSE_MS = 15 * 60_000;

/**
 * The failure of an answer's status.
 * @param status of RFC 9110; 409 and 412 mean that the conversation changed, 429 and 503 that it wants a pause.
 * @param said what the helpdesk wrote about it, already cut short.
 */
export function failureOfStatus(status: number, said: string, retryAfter: string | null): HelpdeskFailure {
  const detail = said === '' ? `status ${String(status)}` : `status ${String(status)}: ${said}`;
  if (status === 401) return new HelpdeskFailure('HELPDESK_SIGN_IN_REFUSED', detail);
  if (status === 403) return new HelpdeskFailure('HELPDESK_RIGHT_MISSING', detail);
  if (status === 404 || status === 410) return new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', detail);
  if (status === 409 || status === 412) return new HelpdeskFailure('HELPDESK_CHANGED_MEANWHILE', detail);
  if (status === 429) return new HelpdeskFailure('HELPDESK_BUSY', detail, pauseMs(retryAfter) ?? 10_000);
  if (status >= 500)
    return new HelpdeskFailure('HELPDESK_UNREACHABLE', detail, status === 503 ? pauseMs(retryAfter) : null);
  return new HelpdeskFailure('HELPDESK_REQUEST_REFUSED', detail);
}

/** `Retry-After` of RFC 9110 in milliseconds, seconds or a date; null when there is none to understand. */
export function pauseMs(retryAfter: string | null, now = Date.now()): number | null {
  if (retryAfter === null || retryAfter.trim() === '') return null;
  const seconds = Number(retryAfter);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(retryAfter) - now;
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_PAUSE_MS);
}

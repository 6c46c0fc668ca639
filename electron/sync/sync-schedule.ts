/** When the hub is asked next. Times in milliseconds. */
export const POLL_MS = 60_000;
/** While the hub tells by itself that something changed. */
export const LIVE_POLL_MS = 15 * 60_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 5 * 60_000;

export interface ScheduleState {
  /** Whether the stream of events is open. */
  readonly isLive: boolean;
  /** Failures in a row, none after a success. */
  readonly failures: number;
  /** What the hub asked for with a refusal. */
  readonly retryAfterMs: number;
}

/**
 * How long to wait before the hub is asked again: exponential back-off with full jitter after failures (a thousand devices must not come back
 * at one moment), else a poll with a tenth of jitter. `random` is from 0 to 1.
 */
export function nextCheckMs({ isLive, failures, retryAfterMs }: ScheduleState, random: number): number {
  if (failures > 0) {
    const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
    return Math.max(retryAfterMs, Math.round(ceiling * (0.1 + 0.9 * random)));
  }
  const base = isLive ? LIVE_POLL_MS : POLL_MS;
  return Math.max(retryAfterMs, Math.round(base * (0.9 + 0.2 * random)));
}

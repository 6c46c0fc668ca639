/** Pause between two looks at the list of conversations, in milliseconds. */
export const LIST_POLL_MS = 20_000;
/** While the helpdesk pushes: only to find what a push may have lost. */
export const PUSHED_POLL_MS = 60_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** A refused token is tried again now and then: somebody may have put it right in the helpdesk. */
const REFUSED_RETRY_MS = 5 * 60_000;
/** How far the pause grows while nothing is written. */
const QUIET_FACTOR = 1.25;
const QUIETEST = 5;

/** How long to wait for the next look at the conversation the rep has open: short after a message, slower while it is quiet. */
export function nextLookMs(lastMs: number, hadNews: boolean, minPollMs: number): number {
  return hadNews ? minPollMs : Math.min(Math.round(lastMs * QUIET_FACTOR), QUIETEST * minPollMs);
}

/**
 * How long to wait after a failure: exponential back-off with full jitter, at least what the helpdesk asked for.
 * @param failures in a row, from 1
 * @param random from 0 to 1
 */
export function retryMs(
  failures: number,
  askedForMs: number | null,
  isRefused: boolean,
  random: number,
): number {
  if (isRefused) return REFUSED_RETRY_MS;
  const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures - 1, 20));
  return Math.max(askedForMs ?? 0, Math.round(ceiling * (0.2 + 0.8 * random)));
}

import { setTimeout as wait } from 'node:timers/promises';

import { AppErrorException, type ErrorCode } from '../../shared/errors/app-error.js';
import { HubBusy } from '../sync/hub-errors.js';

/** How long failures that pass by themselves are waited out. */
export interface Patience {
  /** Attempts in all. */
  readonly tries: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
}

/** Up to two minutes of waiting in all: a hub that is started again, a network that comes back. */
export const defaultPatience: Patience = { tries: 10, firstWaitMs: 500, longestWaitMs: 30_000 };

const PASSING: ReadonlySet<ErrorCode> = new Set([
  'HUB_UNREACHABLE',
  'HUB_STORE_UNAVAILABLE',
  'HUB_INTERNAL',
  'HUB_TOO_MANY_REQUESTS',
  'HUB_SEGMENT_INVALID',
  'RELEASE_DAMAGED',
]);

/**
 * Does something until it works, with doubling waits of full jitter between the attempts, or as long as the hub asks for.
 * @throws what the last attempt threw; at once what does not pass by itself, and SUGGESTION_CANCELLED when the signal aborts.
 */
export async function patiently<T>(
  attempt: () => Promise<T>,
  { tries, firstWaitMs, longestWaitMs }: Patience,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    refuseCancelled(signal);
    try {
      return await attempt();
    } catch (cause) {
      refuseCancelled(signal);
      const isPassing = cause instanceof AppErrorException && PASSING.has(cause.error.code);
      if (!isPassing || failures >= tries) throw cause;
      const ceiling = Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1));
      const asked = cause instanceof HubBusy ? cause.retryAfterMs : 0;
      const waitMs = Math.max(asked, Math.round(ceiling * (0.1 + 0.9 * Math.random())));
      await wait(waitMs, undefined, signal ? { signal } : {}).catch(() => undefined);
    }
  }
}

/** @throws AppErrorException SUGGESTION_CANCELLED. */
export function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppErrorException('SUGGESTION_CANCELLED');
}

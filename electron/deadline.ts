/** Why a {@link Deadline} ended what waited for it. */
export class TimeIsUp extends Error {
  constructor(ms: number) {
    super(`Nothing within ${String(ms)} ms.`);
    this.name = 'TimeIsUp';
  }
}

/** A signal with a time limit, or with the end of whoever asked. */
export interface Deadline {
  /** Aborted with a {@link TimeIsUp} when the time is up, with the caller's reason when the caller ended it. */
  readonly signal: AbortSignal;
  /** Takes timer and listener away; to be called when what was limited has ended. */
  readonly clear: () => void;
}

/**
 * Limits a call to `ms` milliseconds.
 *
 * In place of `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: nothing holds that time-out, so a garbage collection takes it away and
 * the limit with it (seen with Node 20.18 and 20.20).
 */
export function deadline(ms: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new TimeIsUp(ms)), ms);
  const stop = (): void => controller.abort(caller?.reason);
  if (caller?.aborted) stop();
  else caller?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      caller?.removeEventListener('abort', stop);
    },
  };
}

/** Whether a signal ended because time was up, and not because its caller had enough. */
export const isTimeUp = ({ aborted, reason }: AbortSignal): boolean => aborted && reason instanceof TimeIsUp;

/** Stops waiting when the signal aborts, with its reason, also where the work does not listen to it; the work goes on. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The answer, if it comes in time; the work goes on either way. @throws TimeIsUp, or what the work throws. */
export async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const limit = deadline(ms);
  try {
    return await orAborted(work, limit.signal);
  } finally {
    limit.clear();
  }
}

import { connectionFailed } from './hub-errors.js';

/** Aborts when what is expected does not come in time. */
export interface Lateness {
  readonly signal: AbortSignal;
  within(ms: number): void;
  stop(): void;
}

export function createLateness(): Lateness {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => clearTimeout(timer);
  return {
    signal: controller.signal,
    stop,
    within(ms) {
      stop();
      timer = setTimeout(() => controller.abort(new DOMException('no answer in time', 'TimeoutError')), ms);
    },
  };
}

/**
 * The chunks of a body until it ends, falls silent for so long, or the signal aborts.
 * @throws AppErrorException HUB_UNREACHABLE, SUGGESTION_CANCELLED.
 */
export async function* chunksOf(
  { body }: Response,
  late: Lateness,
  silenceMs: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const reader = (body as ReadableStream<Uint8Array> | null)?.getReader();
  if (!reader) return late.stop();
  late.within(silenceMs);
  try {
    for (;;) {
      const { done, value } = await untilAborted([late.signal, signal], () => reader.read());
      if (done) return;
      late.within(silenceMs);
      yield value;
    }
  } catch (cause) {
    throw connectionFailed(cause, signal);
  } finally {
    late.stop();
    void reader.cancel().catch(() => undefined);
  }
}

/** The JSON of a body. @throws as {@link chunksOf}, when it is none, and when `limit` aborts. */
export async function jsonOf(
  response: Response,
  limit: AbortSignal,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  try {
    return await untilAborted<unknown>([limit, signal], () => response.json());
  } catch (cause) {
    throw connectionFailed(cause, signal);
  }
}

/**
 * Waits for a read, but no longer than until a signal aborts. The signals a request was made with are not enough: the body of a packed answer
 * that was damaged on the way may never end, whatever is aborted.
 */
export async function untilAborted<T>(
  signals: readonly (AbortSignal | undefined)[],
  read: () => Promise<T>,
): Promise<T> {
  const given = signals.filter((signal) => signal !== undefined);
  let stop = (): void => undefined;
  const ended = new Promise<never>((_, reject) => {
    const listeners = given.map((signal) => {
      const end = (): void => reject(signal.reason as Error);
      if (signal.aborted) end();
      signal.addEventListener('abort', end, { once: true });
      return () => signal.removeEventListener('abort', end);
    });
    stop = () => listeners.forEach((remove) => remove());
  });
  try {
    return await Promise.race([read(), ended]);
  } finally {
    stop();
  }
}

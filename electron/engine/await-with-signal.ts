import { AppErrorException } from '../../shared/errors/app-error.js';

/**
 * Waits for a promise, but no longer than until the signal aborts.
 * @throws AppErrorException SUGGESTION_CANCELLED at once when it does; what the promise becomes is then ignored.
 */
export function awaitWithSignal<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  return new Promise<T>((resolve, reject) => {
    const cancel = (): void => reject(new AppErrorException('SUGGESTION_CANCELLED'));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

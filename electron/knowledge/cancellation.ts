import { AppErrorException } from '../../shared/errors/app-error.js';

/** @throws AppErrorException SUGGESTION_CANCELLED when the signal has aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppErrorException('SUGGESTION_CANCELLED');
}

/** Lets waiting searches have their turn; the worker answers them between two slices of longer work. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

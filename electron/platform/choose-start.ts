import type { AppErrorException } from '../../shared/errors/app-error.js';
import { isAppRunning } from './running-app.js';
import { whyNotWritable } from './writable-home.js';

/** What a process of the app has to do: be the app, leave to the one that runs, or say why it cannot be. */
export type Start = 'run' | 'leave' | AppErrorException;

/**
 * `askForLock` hands what this process was started with to the app that runs, and gives whether there is none. It comes first: an app that is up can
 * be of use where nothing can be written any more. But a lock that cannot be made is refused as one that is taken.
 */
export function chooseStart(dir: string, askForLock: () => boolean): Start {
  const hasLock = askForLock();
  if (!hasLock && isAppRunning(dir)) return 'leave';
  return whyNotWritable(dir) ?? (hasLock ? 'run' : 'leave');
}

import { app } from 'electron';

import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';

/** How long windows and threads have to end after all is closed. */
const END_MS = 10_000;

/**
 * Lets what is being written finish before the process ends, whoever asks for the end; what does not finish holds nobody up.
 * @param close has a time limit of its own: what is kept is on the disk before it is reported, so nothing is lost with it.
 */
export function quitCleanly(close: () => Promise<unknown>, log: Logger): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void close().then(
      () => {
        state = 'closed';
        app.quit();
        setTimeout(() => app.exit(), END_MS);
      },
      (error: unknown) => {
        log.warn('app.close_failed', { code: errorCodeOf(error) });
        app.exit();
      },
    );
  });
  process.on('SIGINT', () => app.quit());
  process.on('SIGTERM', () => app.quit());
}

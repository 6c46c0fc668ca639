import { app } from 'electron';

import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { inTime } from '../deadline.js';

/** What is kept is on the disk before it is reported, so nothing is lost with what takes longer: a disk that is full or away. */
const CLOSE_MS = 10_000;

/** Lets what is being written finish before the process ends, whoever asks for the end; what does not finish holds nobody up. */
export function quitCleanly(close: () => Promise<unknown>, log: Logger): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void inTime(close(), CLOSE_MS).then(
      () => {
        state = 'closed';
        app.quit();
        setTimeout(() => app.exit(), CLOSE_MS);
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

import { app, dialog } from 'electron';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';

/** Shows why Cuecard cannot start and what to do, in a dialog and on the terminal, and ends with exit code 1. */
export function failToStart(error: unknown): void {
  const text =
    error instanceof AppErrorException
      ? [error.error.message, error.error.detail, error.error.next].filter(Boolean).join('\n\n')
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  console.error(`Cuecard cannot start.\n${text}`);
  // A dialog waits for a click that nobody gives on a virtual display.
  if (process.env['CUECARD_MIRROR_CARDS'] !== '1') dialog.showErrorBox('Cuecard cannot start', text);
  app.exit(1);
}

/** Ends this process because another one has the workspace; that one was told to come to the front. */
export function leaveToRunning(): void {
  console.error('Cuecard is already running; its window was brought to the front.');
  app.exit(0);
}

/** Bugs that are reported in one minute; a bug that repeats itself must not fill the log and the processor. */
const REPORTED_A_MINUTE = 20;

/** Reports bugs once, at the top: the app stays up, since a rep may be in the middle of a sentence. */
export function reportBugs(log: Logger): void {
  let minute = 0;
  let reported = 0;
  const report = (event: string) => (error: unknown) => {
    const now = Math.floor(Date.now() / 60_000);
    if (now !== minute) [minute, reported] = [now, 0];
    reported += 1;
    if (reported > REPORTED_A_MINUTE) return;
    try {
      log.error(event, { code: error instanceof Error ? error.name : 'unknown' });
      console.error(event, error);
    } catch {
      // What cannot be reported must not become a bug of its own.
    }
  };
  process.on('uncaughtException', report('bug.uncaught_exception'));
  process.on('unhandledRejection', report('bug.unhandled_rejection'));
}

import { constants } from 'node:os';

const isWindows = process.platform === 'win32';
/** @type {NodeJS.Signals[]} */
const signals = isWindows ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Watches for the wish to end this process: Ctrl-C, a signal, or the end of the npm that started it.
 *
 * npm passes a signal to the shell it runs a script in, and that shell ends without passing it on; what tells us is
 * that our parent is gone.
 *
 * @param {(exitCode: number) => void} onInterrupted called at most once, with 128 + signal number
 * @returns {() => void} stops watching
 */
export function watchForInterruption(onInterrupted) {
  /** @param {NodeJS.Signals} signal */
  const interrupt = (signal) => {
    stop();
    onInterrupted(exitCodeOf(signal));
  };
  const parent = process.ppid;
  const isRunByNpm = process.env['npm_lifecycle_event'] !== undefined && !isWindows;
  const orphanWatch = isRunByNpm
    ? setInterval(() => process.ppid !== parent && interrupt('SIGTERM'), 250).unref()
    : undefined;
  for (const signal of signals) process.on(signal, interrupt);
  const stop = () => {
    clearInterval(orphanWatch);
    for (const signal of signals) process.off(signal, interrupt);
  };
  return stop;
}

/**
 * @param {NodeJS.Signals | null} signal
 * @returns {number} what a shell reports for a program that this signal ended
 */
export function exitCodeOf(signal) {
  return 128 + (signal ? constants.signals[signal] : 0);
}

/** 128 and the number of SIGINT. */
export const EXIT_INTERRUPTED = 130;

const controller = new AbortController();
let isAwaited = false;

/** Ends the process at Ctrl-C, or, where a command waits for it, tells that command first; a second one ends it at once. */
export function handleInterruptions(): void {
  process.on('SIGINT', () => {
    if (!isAwaited || controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  });
}

/** Aborts at Ctrl-C. Whoever takes it ends what it does and closes what it opened. */
export function interruption(): AbortSignal {
  isAwaited = true;
  return controller.signal;
}

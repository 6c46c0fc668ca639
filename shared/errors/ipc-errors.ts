/** What the border between window and main process refuses. */
export const ipcErrors = {
  IPC_BAD_INPUT: {
    message: 'The request was not understood.',
    next: 'Restart Cuecard; if it happens again, report it with the log file.',
    canRetry: false,
    exitCode: 70,
  },
  IPC_FOREIGN_SENDER: {
    message: 'A request came from an unknown window and was refused.',
    next: 'Close other windows of Cuecard and start it again.',
    canRetry: false,
    exitCode: 70,
  },
  IPC_UNKNOWN_ROUTE: {
    message: 'The request has no receiver.',
    next: 'Restart Cuecard after its update.',
    canRetry: false,
    exitCode: 70,
  },
  IPC_INTERNAL: {
    message: 'Something went wrong inside Cuecard.',
    next: 'Try again; if it happens again, report it with the log file.',
    canRetry: true,
    exitCode: 70,
  },
} as const;

/** What can go wrong while a decision is stored. */
export const feedbackErrors = {
  FEEDBACK_NOT_STORED: {
    message: 'Your decision could not be saved.',
    next: 'Free some disk space and try again; nothing was changed.',
    canRetry: true,
    exitCode: 5,
  },
  FEEDBACK_UNKNOWN_SUGGESTION: {
    message: 'This suggestion is not known any more.',
    next: 'Open the conversation again to get a new suggestion.',
    canRetry: false,
    exitCode: 2,
  },
  FEEDBACK_NOT_EXPORTED: {
    message: 'The feedback could not be written to that file.',
    next: 'Check the folder, its rights and the free space; a file that was there before is as it was.',
    canRetry: true,
    exitCode: 5,
  },
} as const;

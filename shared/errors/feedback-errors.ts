/** What can go wrong while a decision is stored, and on its way to the team. */
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
  FEEDBACK_NOT_ANSWERED: {
    message: 'The hub answered without saying what became of a decision.',
    next: 'It is kept here and sent again by itself; if this stays, tell the operator of your hub.',
    canRetry: true,
    exitCode: 5,
  },
  FEEDBACK_NOT_SENT: {
    message: 'What waits for your team could not be read or noted down on this machine.',
    next: 'It is tried again by itself; free some disk space if there is little.',
    canRetry: true,
    exitCode: 5,
  },
  FEEDBACK_NOT_EXPORTED: {
    message: 'The file could not be written.',
    next: 'Check the folder, its rights and the free space, or choose another place; a file that was there before is as it was.',
    canRetry: true,
    exitCode: 5,
  },
} as const;

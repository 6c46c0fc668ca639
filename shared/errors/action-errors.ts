/** What can go wrong with a change in a business system before anything is asked of it. */
export const actionErrors = {
  ACTION_NOT_FOUND: {
    message: 'This action is not there any more.',
    next: 'Open the conversation again.',
    canRetry: false,
    exitCode: 2,
  },
  ACTION_DECIDED: {
    message: 'This action was decided already.',
    next: 'Look at its state on the card; nothing was done a second time.',
    canRetry: false,
    exitCode: 2,
  },
  ACTION_CHANGED: {
    message: 'The action changed while you looked at it.',
    next: 'Read it again and approve what it says now.',
    canRetry: true,
    exitCode: 2,
  },
  ACTION_BLOCKED: {
    message: 'This action cannot be approved as it stands.',
    next: 'Correct what the card names, or ask a lead.',
    canRetry: false,
    exitCode: 2,
  },
} as const;

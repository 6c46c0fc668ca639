/** What can go wrong while a suggestion is made. */
export const suggestionErrors = {
  SUGGESTION_CANCELLED: {
    message: 'The suggestion was cancelled because something newer came in.',
    next: 'Nothing to do.',
    canRetry: false,
    exitCode: 130,
  },
  SUGGESTION_NO_CUSTOMER_MESSAGE: {
    message: 'The conversation has no customer message to answer.',
    next: 'Wait for the customer, or choose another conversation.',
    canRetry: false,
    exitCode: 3,
  },
  SUGGESTION_NOT_FOUND: {
    message: 'That suggestion is not known any more.',
    next: 'Ask for a new one.',
    canRetry: false,
    exitCode: 3,
  },
  SUGGESTION_FAILED: {
    message: 'The suggestion could not be made.',
    next: 'Ask for it again; the conversation is untouched.',
    canRetry: true,
    exitCode: 5,
  },
  MODEL_MISSING: {
    message: 'This needs a chat model, and none is set up.',
    next: 'Set one up in the settings, under chat models.',
    canRetry: false,
    exitCode: 4,
  },
} as const;

/** What can go wrong between Cuecard and the helpdesk. */
export const helpdeskErrors = {
  HELPDESK_CONVERSATION_NOT_FOUND: {
    message: 'This conversation does not exist in the helpdesk.',
    next: 'Choose another conversation from the inbox.',
    canRetry: false,
    exitCode: 2,
  },
  HELPDESK_UNREACHABLE: {
    message: 'The helpdesk does not answer.',
    next: 'Check the connection; Cuecard keeps trying.',
    canRetry: true,
    exitCode: 4,
  },
  HELPDESK_WRITE_REFUSED: {
    message: 'The helpdesk did not take the text.',
    next: 'Copy the reply and paste it into the helpdesk.',
    canRetry: true,
    exitCode: 4,
  },
} as const;

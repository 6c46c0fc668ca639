/** What can go wrong between Cuecard and the helpdesk. */
export const helpdeskErrors = {
  HELPDESK_CONVERSATION_NOT_FOUND: {
    message: 'This conversation does not exist in the helpdesk.',
    next: 'Choose another conversation from the inbox.',
    canRetry: false,
    exitCode: 2,
  },
  HELPDESK_ADDRESS_INVALID: {
    message: 'This is not the address of a helpdesk.',
    next: 'Enter it as in the browser, with https:// and without a name or password in it.',
    canRetry: false,
    exitCode: 2,
  },
  HELPDESK_UNREACHABLE: {
    message: 'The helpdesk does not answer.',
    next: 'Check the connection; Cuecard keeps trying.',
    canRetry: true,
    exitCode: 4,
  },
  HELPDESK_SIGN_IN_REFUSED: {
    message: 'The helpdesk refuses the token.',
    next: 'Make a new token in the helpdesk and enter it under Helpdesks (G H).',
    canRetry: false,
    exitCode: 3,
  },
  HELPDESK_RIGHT_MISSING: {
    message: 'The token may not do this in the helpdesk.',
    next: 'Ask whoever runs the helpdesk for the rights that are listed under Helpdesks (G H).',
    canRetry: false,
    exitCode: 3,
  },
  HELPDESK_CHANGED_MEANWHILE: {
    message: 'The conversation changed in the helpdesk meanwhile.',
    next: 'Read what is new, then try again.',
    canRetry: true,
    exitCode: 4,
  },
  HELPDESK_REQUEST_REFUSED: {
    message: 'The helpdesk does not accept the request.',
    next: 'Check the address and the version of the helpdesk under Helpdesks (G H).',
    canRetry: false,
    exitCode: 4,
  },
  HELPDESK_BUSY: {
    message: 'The helpdesk asks for a pause.',
    next: 'Cuecard waits as long as it asks for, then goes on.',
    canRetry: true,
    exitCode: 4,
  },
  HELPDESK_ANSWER_UNREADABLE: {
    message: 'The answer of the helpdesk cannot be read.',
    next: 'Check that the address is the helpdesk itself, not a sign-in page or a proxy.',
    canRetry: true,
    exitCode: 4,
  },
  HELPDESK_WRITE_REFUSED: {
    message: 'The helpdesk did not take the text.',
    next: 'Copy the reply and paste it into the helpdesk.',
    canRetry: true,
    exitCode: 4,
  },
  HELPDESK_WRITE_UNCERTAIN: {
    message: 'The helpdesk did not say whether it took the text.',
    next: 'Look into the helpdesk. Cuecard looks too, and offers to send again only when the text is not there.',
    canRetry: false,
    exitCode: 4,
  },
} as const;

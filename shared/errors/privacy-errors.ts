/** What can go wrong with what leaves this computer, and with the ledger of it. */
export const privacyErrors = {
  PRIVACY_BLOCKED: {
    message: 'The privacy settings of this computer do not let this text be sent.',
    next: 'Go on with what is found here, or change the mode in the ledger (G P).',
    canRetry: false,
    exitCode: 4,
  },
  LEDGER_NOT_WRITABLE: {
    message: 'The request was not sent, because it could not be written into the ledger first.',
    next: 'Check the rights and the free space of the workspace folder, then try again.',
    canRetry: true,
    exitCode: 5,
  },
  LEDGER_NEEDS_APP: {
    message:
      'The ledger of this workspace is encrypted or damaged, and nothing says how a command may add to it.',
    next: 'Start the Cuecard app once with this workspace, then run the command again.',
    canRetry: true,
    exitCode: 4,
  },
  LEDGER_ENTRY_NOT_FOUND: {
    message: 'This request is not in the ledger any more.',
    next: 'It was removed by the retention or with its conversation; open another one.',
    canRetry: false,
    exitCode: 2,
  },
  PRIVACY_SETTINGS_UNREADABLE: {
    message: 'The privacy settings cannot be read; nothing is sent until they are set again.',
    next: 'Choose what may leave in the ledger (G P); the unreadable file is kept beside the new one.',
    canRetry: false,
    exitCode: 3,
  },
} as const;

/** What can go wrong when everything about a customer is taken off this machine. */
export const forgettingErrors = {
  FORGET_CHANGE_OPEN: {
    message:
      'A change in a business system of this customer is under way, or nobody knows yet whether it was done.',
    next: 'End it on the card first, then forget the customer. Nothing was deleted.',
    canRetry: true,
    exitCode: 2,
  },
  FORGET_INCOMPLETE: {
    message: 'Not everything about this customer could be deleted yet; the disk may be full.',
    next: 'Free some space and try again. Cuecard also goes on with it at its next start.',
    canRetry: true,
    exitCode: 3,
  },
} as const;

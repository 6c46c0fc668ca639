/** What can go wrong between Cuecard and a business system. */
export const businessErrors = {
  BUSINESS_UNREACHABLE: {
    message: 'The business system does not answer.',
    next: 'Check its address and that it runs; try again.',
    canRetry: true,
    exitCode: 4,
  },
  BUSINESS_REFUSED: {
    message: 'The business system refuses the sign-in.',
    next: 'Enter name and secret again; the form says which right they need.',
    canRetry: false,
    exitCode: 4,
  },
  BUSINESS_ANSWER_UNREADABLE: {
    message: 'The business system answered in a form Cuecard does not know.',
    next: 'Check that the address is that of the system itself, and its version in docs/connect.',
    canRetry: false,
    exitCode: 4,
  },
  BUSINESS_ADDRESS_INVALID: {
    message: 'This is no address of a business system.',
    next: 'Enter an address that begins with https://; http:// is taken for this computer only.',
    canRetry: false,
    exitCode: 2,
  },
  BUSINESS_DESCRIPTION_INVALID: {
    message: 'What you wrote about this system cannot be used.',
    next: 'Correct the place that is named; the page of this kind in docs/connect has an example.',
    canRetry: false,
    exitCode: 2,
  },
  BUSINESS_PROGRAM_NOT_LISTED: {
    message: 'The team does not allow a program of this name to be started.',
    next: 'A lead lists it at the Team desk under "Tool servers"; then save the system again.',
    canRetry: false,
    exitCode: 2,
  },
  BUSINESS_ROLE_TOO_STRONG: {
    message: 'This sign-in may do anything in the system.',
    next: 'Make a sign-in that may only read what is looked up, and enter that one; docs/connect shows how.',
    canRetry: false,
    exitCode: 2,
  },
} as const;

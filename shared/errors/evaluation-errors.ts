/** What can go wrong with the data and the peers a measurement is asked for. */
export const evaluationErrors = {
  EVALUATION_DATA_NOT_FOUND: {
    message: 'There is no such data set.',
    next: 'Check the path; docs/retrieval.md and evals/datasets/README.md say which files are expected.',
    canRetry: false,
    exitCode: 2,
  },
  EVALUATION_SPLIT_UNKNOWN: {
    message: 'The data set has no row in this split.',
    next: 'Name one of the splits it has, or leave --split out.',
    canRetry: false,
    exitCode: 2,
  },
  EVALUATION_DATA_INVALID: {
    message: 'The data set is not in the documented form.',
    next: 'Correct the named line; "cuecard eval --help" names the form.',
    canRetry: false,
    exitCode: 3,
  },
  BENCH_SECRET_MISSING: {
    message: 'A secret for this measurement is missing.',
    next: 'Set the named environment variable; "cuecard bench helpdesk --help" says what belongs into it.',
    canRetry: false,
    exitCode: 2,
  },
  BENCH_CUSTOMER_REFUSED: {
    message: 'The helpdesk did not take the message of the customer.',
    next: 'Check login, password and queue, and that customers may create and answer tickets there.',
    canRetry: false,
    exitCode: 4,
  },
} as const;

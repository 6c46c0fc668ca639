/** What can go wrong with the data a measurement is asked for. */
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
} as const;

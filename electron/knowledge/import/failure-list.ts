import type { FileFailure } from '../store/source-store.js';

/** What could not be read of one file; a million bad lines are not a million entries. */
export interface FailureList {
  add(failure: FileFailure): void;
  all(): readonly FileFailure[];
}

const LISTED = 50;

export function createFailureList(): FailureList {
  const listed: FileFailure[] = [];
  let more = 0;
  return {
    add(failure) {
      if (listed.length < LISTED) listed.push(failure);
      else more++;
    },
    all: () =>
      more === 0
        ? listed
        : [...listed, { place: null, reason: `${String(more)} more parts of it could not be read.` }],
  };
}

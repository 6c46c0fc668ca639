import type { Suggestion } from '../../shared/domain/suggestion.js';

const LEAD = { space: ' ', line: '\n', paragraph: '\n\n' } as const;

/** The reply of a suggestion as the contract says it is written out; written here again so that the test is a second opinion. */
export function draftText(suggestion: Suggestion | null): string {
  if (suggestion?.outcome !== 'reply') throw new Error('A suggestion with a reply was expected.');
  return suggestion.draft.sentences
    .map(({ lead, text }, at) => (at === 0 ? text : LEAD[lead] + text))
    .join('');
}

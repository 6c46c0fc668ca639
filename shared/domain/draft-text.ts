import type { DraftSentence } from './draft.js';

const LEAD = { space: ' ', line: '\n', paragraph: '\n\n' } as const;

/** Writes a draft out as the plain text that goes into the composer. Kept apart from the schemas so that the window needs no zod. */
export function draftText(sentences: readonly DraftSentence[]): string {
  return sentences.map((sentence, at) => (at === 0 ? '' : LEAD[sentence.lead]) + sentence.text).join('');
}

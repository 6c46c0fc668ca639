import { diffWordsWithSpace } from 'diff';

import type { DiffPart } from '../../shared/domain/feedback.js';

/** Above this many characters a word diff costs main too much; the parts are then the whole draft and the whole text. */
const MAX_DIFF_CHARACTERS = 20_000;

/** Compares a draft with the text that was sent, word by word, in reading order. Equal texts give no parts. */
export function diffDraft(draft: string, sent: string): DiffPart[] {
  if (draft === sent) return [];
  if (draft.length + sent.length > MAX_DIFF_CHARACTERS) {
    return [
      { kind: 'removed', text: draft },
      { kind: 'added', text: sent },
    ];
  }
  return diffWordsWithSpace(draft, sent).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

import type { Critique, SentenceCritique } from '../../../shared/domain/critique.js';
import type { Draft, DraftSentence } from '../../../shared/domain/draft.js';

interface Checked {
  readonly draft: Draft;
  readonly critique: Critique;
}

/**
 * A reply that was checked again after the rep changed it, with the verdicts that came through another language kept: a second check sees the
 * translation alone and can only say that it could not read it. Sentences that were changed, and those the check finds something in, take the
 * new verdict. Pure.
 */
export function keepCarried(shown: Checked, checked: Checked): Checked {
  const textOf = textsOf(shown.draft.sentences);
  const before = new Map(shown.critique.sentences.map((one) => [one.sentenceId, one]));
  const now = textsOf(checked.draft.sentences);
  const sentences = checked.critique.sentences.map((fresh) => {
    const known = before.get(fresh.sentenceId);
    const isUnchanged = textOf.get(fresh.sentenceId) === now.get(fresh.sentenceId);
    return known?.through && isUnchanged && isUnread(fresh) ? known : fresh;
  });
  const claims = sentences.filter(({ support }) => support !== 'not_needed');
  const supported = claims.filter(({ support }) => support === 'supported').length;
  const groundedness = claims.length === 0 ? 1 : supported / claims.length;
  return { ...checked, critique: { ...checked.critique, sentences, groundedness } };
}

function textsOf(sentences: readonly DraftSentence[]): ReadonlyMap<string, string> {
  return new Map(sentences.map(({ id, text }) => [id, text]));
}

function isUnread({ support, issues }: SentenceCritique): boolean {
  return support === 'weak' && issues.every(({ kind }) => kind === 'other_language');
}

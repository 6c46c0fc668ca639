import type { SentenceCritique } from '../../../shared/domain/critique.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { Suggestion } from '../../../shared/domain/suggestion.js';

/** A sentence of the reply together with what the check says of it. */
export interface Judged {
  readonly sentence: DraftSentence;
  readonly verdict: SentenceCritique;
}

/** The sentences of a reply with their verdicts, in reading order; none where there is no reply that was checked. */
export function judgedSentences(suggestion: Suggestion): readonly Judged[] {
  if (suggestion.outcome !== 'reply') return [];
  const verdicts = new Map(suggestion.critique.sentences.map((verdict) => [verdict.sentenceId, verdict]));
  return suggestion.draft.sentences.flatMap((sentence) => {
    const verdict = verdicts.get(sentence.id);
    return verdict ? [{ sentence, verdict }] : [];
  });
}

/** What must not go out by one key: nothing supports it, or a rule of the team forbids it. */
export function unsupportedSentences(suggestion: Suggestion): readonly Judged[] {
  return judgedSentences(suggestion).filter(({ verdict }) => verdict.support === 'unsupported');
}

/** The sentence as it would be right, as far as the check can say it; empty to take it out, null where it cannot say. */
export function fixOf({ issues }: SentenceCritique): string | null {
  return issues.find(({ fix }) => fix !== null)?.fix ?? null;
}

/** Which sentence a key means: the one the rep is at, else the first that is unsupported, else the first that is weak. */
export function chosenSentence(
  judged: readonly Judged[],
  sentenceId: string | null,
  isMeant: (one: Judged) => boolean,
): Judged | null {
  if (sentenceId !== null) return judged.find(({ sentence }) => sentence.id === sentenceId) ?? null;
  const meant = judged.filter(isMeant);
  return (
    meant.find(({ verdict }) => verdict.support === 'unsupported') ??
    meant.find(({ verdict }) => verdict.support === 'weak') ??
    null
  );
}

import type { DraftSentence } from '../../../shared/domain/draft.js';
import { jaccard, stemSet } from '../text/words.js';

/** Sentences this alike say the same. */
const SAME = 0.6;

/**
 * A shorter reply without a model: courtesies go but for greeting, closing and signature, then what repeats an earlier sentence, then the later half of
 * the statements. Steps stay together, questions stay, and no sentence is changed. Pure.
 */
export function shorten(sentences: readonly DraftSentence[]): DraftSentence[] {
  const body = sentences.filter(({ role }) => role !== 'courtesy');
  const isStep = ({ text }: DraftSentence): boolean => /^(?:\d{1,2}[.)]|[-•])\s/u.test(text);
  const statements = body.filter((one) => one.role === 'claim' && !isStep(one));
  const distinct = statements.filter(
    (one, at) =>
      !statements.slice(0, at).some((other) => jaccard(stemSet(one.text), stemSet(other.text)) > SAME),
  );
  const kept = new Set(distinct.slice(0, Math.max(1, Math.ceil(statements.length / 2))));
  const [first, last] = [sentences[0], sentences.at(-1)];
  const chosen = sentences.filter(
    (one) =>
      kept.has(one) ||
      one.role === 'question' ||
      (isStep(one) && one.role === 'claim') ||
      one === first ||
      one === last,
  );
  return chosen.map((one, at) => ({ ...one, id: `S${String(at + 1)}` }));
}

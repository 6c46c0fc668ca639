import type { Critique, SentenceCritique, Support } from '../../../shared/domain/critique.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import { issueOf } from '../critique/issue.js';

const RANK: Readonly<Record<Support, number>> = { unsupported: 0, weak: 1, supported: 2, not_needed: 3 };

/**
 * Verdicts of a translated reply. Words of two languages cannot be compared, so each sentence gets the worst verdict of the sentences whose
 * evidence it carries on; numbers, days and codes have been compared before. A claim that carries none is without evidence. Pure.
 */
export function inheritVerdicts(
  before: { readonly sentences: readonly DraftSentence[]; readonly critique: Critique },
  after: readonly DraftSentence[],
): Critique {
  const verdictOf = new Map(before.critique.sentences.map((one) => [one.sentenceId, one]));
  const sentences = after.map((sentence): SentenceCritique => {
    if (sentence.role !== 'claim')
      return { sentenceId: sentence.id, support: 'not_needed', issues: [], decidedBy: null };
    const keys = new Set(sentence.citations.map((one) => JSON.stringify(one)));
    const origins = before.sentences
      .filter(({ citations }) => citations.some((one) => keys.has(JSON.stringify(one))))
      .flatMap(({ id }) => verdictOf.get(id) ?? []);
    const [worst] = origins.sort((a, b) => RANK[a.support] - RANK[b.support]);
    if (worst)
      return {
        ...worst,
        sentenceId: sentence.id,
        issues: worst.issues.map((issue) => ({ ...issue, words: null, fix: null })),
      };
    const issues = [issueOf('no_citation', 'No sentence of the reply before says this.')];
    return { sentenceId: sentence.id, support: 'unsupported', issues, decidedBy: null };
  });
  const claims = sentences.filter(({ support }) => support !== 'not_needed');
  const supported = claims.filter(({ support }) => support === 'supported').length;
  const isBad = claims.some(({ support }) => support === 'unsupported');
  return {
    ...before.critique,
    sentences,
    verdict: isBad ? 'revise' : 'pass',
    groundedness: claims.length === 0 ? 1 : supported / claims.length,
  };
}

import type { Critique, SentenceCritique, Support } from '../../../shared/domain/critique.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { Finding } from '../critique/finding.js';
import { issueOf } from '../critique/issue.js';
import { compareTranslation } from '../critique/languages/compare-translation.js';
import { asCompared } from '../text/languages/language-words.js';
import { whichLanguage } from '../text/languages/which-language.js';
import { languageName } from '../text/languages/words-of-language.js';
import { alignTranslation } from './align-translation.js';

const RANK: Readonly<Record<Support, number>> = { unsupported: 0, weak: 1, supported: 2, not_needed: 3 };

/**
 * Verdicts of a translated reply. Each sentence is laid beside the ones it translates and gets their worst verdict with what decided it, as long as
 * numbers, amounts, days, units, names, codes, links and "not" agree ({@link compareTranslation}); what differs is named and makes it weak or
 * unsupported. A claim that translates nothing is without evidence. No verdict gets better than its original's. Pure.
 * @param language the translation is in, ISO 639-1.
 */
export function inheritVerdicts(
  before: { readonly sentences: readonly DraftSentence[]; readonly critique: Critique },
  after: readonly DraftSentence[],
  language: string,
): Critique {
  const verdictOf = new Map(before.critique.sentences.map((one) => [one.sentenceId, one]));
  const spoken = whichLanguage(before.sentences.map(({ text }) => text).join(' '));
  const originals = alignTranslation(before.sentences, after);
  const sentences = after.map((sentence, at) => {
    const own = (originals[at] ?? []).flatMap((place) => before.sentences[place] ?? []);
    const verdicts = own.flatMap(({ id }) => verdictOf.get(id) ?? []);
    return carried(sentence, own, verdicts, { from: spoken, to: language });
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

function carried(
  sentence: DraftSentence,
  originals: readonly DraftSentence[],
  verdicts: readonly SentenceCritique[],
  languages: { readonly from: string; readonly to: string },
): SentenceCritique {
  const [worst] = verdicts.toSorted((a, b) => RANK[a.support] - RANK[b.support]);
  const original = originals.map(({ text }) => text).join(' ');
  const findings = worst ? differences(original, sentence.text, languages) : [];
  const isCourtesy = !worst || worst.support === 'not_needed';
  // A courtesy of another language is known by what it translates, as long as nothing came in.
  const statesNothing = worst ? findings.every(({ isFatal }) => !isFatal) : sentence.role !== 'claim';
  if (isCourtesy && statesNothing)
    return { sentenceId: sentence.id, support: 'not_needed', issues: [], decidedBy: null };
  if (isCourtesy) {
    const issues = [issueOf('no_citation', 'No sentence of the reply before says this.')];
    return { sentenceId: sentence.id, support: 'unsupported', issues, decidedBy: null };
  }
  const found: Support = findings.some(({ isFatal }) => isFatal)
    ? 'unsupported'
    : findings.length > 0
      ? 'weak'
      : worst.support;
  return {
    sentenceId: sentence.id,
    support: RANK[found] < RANK[worst.support] ? found : worst.support,
    decidedBy: worst.decidedBy,
    issues: [
      ...findings.map(({ issue }) => issue),
      // Places and fixes are those of the original.
      ...verdicts.flatMap(({ issues }) => issues.map((issue) => ({ ...issue, words: null, fix: null }))),
    ],
    through: { kind: 'original', text: original },
  };
}

function differences(
  original: string,
  translated: string,
  { from, to }: { readonly from: string; readonly to: string },
): Finding[] {
  const [own, other] = [asCompared(from), asCompared(to)];
  if (own !== null && other !== null)
    return compareTranslation({ text: original, language: own }, { text: translated, language: other });
  const issue = issueOf(
    'other_language',
    `Its original was checked. In ${languageName(own === null ? from : to)} only numbers, days and codes are compared with it.`,
  );
  return [{ issue, isFatal: false, replacement: null }];
}

import type { Critique, SentenceCritique } from '../../../shared/domain/critique.js';
import type { Draft } from '../../../shared/domain/draft.js';
import { issueOf } from './issue.js';

/** What a second judge says of one sentence. */
export interface JudgedSentence {
  readonly sentenceId: string;
  readonly support: 'supported' | 'weak' | 'unsupported';
  /** Why; empty when it says nothing. */
  readonly reason: string;
}

const RANK = { supported: 2, weak: 1, unsupported: 0 } as const;

/** Takes the lower of two verdicts for each claim, and the verdict on the whole from there. Never raises one. Pure. */
export function lowerVerdicts(critique: Critique, judged: readonly JudgedSentence[], draft: Draft): Critique {
  const sentences = critique.sentences.map((sentence) => {
    const worst = judged
      .filter(({ sentenceId }) => sentenceId === sentence.sentenceId)
      .sort((a, b) => RANK[a.support] - RANK[b.support])[0];
    return worst ? lower(sentence, worst) : sentence;
  });
  const roleOf = new Map(draft.sentences.map(({ id, role }) => [id, role]));
  const claims = sentences.filter(({ sentenceId }) => roleOf.get(sentenceId) === 'claim');
  const isUsable = ({ support }: SentenceCritique): boolean => support !== 'unsupported';
  const hasContent = sentences.some(
    (one) => isUsable(one) && ['claim', 'question'].includes(roleOf.get(one.sentenceId) ?? ''),
  );
  const found = !hasContent ? 'withhold' : sentences.every(isUsable) ? 'pass' : 'revise';
  const supported = claims.filter(({ support }) => support === 'supported').length;
  return {
    ...critique,
    sentences,
    verdict: critique.verdict === 'pass' || found === 'withhold' ? found : critique.verdict,
    groundedness: claims.length === 0 ? 1 : supported / claims.length,
  };
}

function lower(sentence: SentenceCritique, { support, reason }: JudgedSentence): SentenceCritique {
  if (sentence.support === 'not_needed' || RANK[support] >= RANK[sentence.support]) return sentence;
  const message = reason === '' ? 'The second check found no support for this.' : `Second check: ${reason}`;
  return { ...sentence, support, issues: [...sentence.issues, issueOf('judged_unsupported', message)] };
}

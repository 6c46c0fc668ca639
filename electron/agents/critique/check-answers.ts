import type { CritiqueIssue } from '../../../shared/domain/critique.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import { has } from './alignment.js';
import type { PoolUnit } from './evidence-pool.js';
import { issueOf } from './issue.js';
import { readStatement } from './statement.js';

/** A question of which less than this is spoken of is not answered. */
const MIN_SPOKEN_OF = 0.3;
/** One question has the whole reply for its answer; which of several is left out can be told from their words. */
const MIN_QUESTIONS = 2;
const MIN_WORDS = 2;
/** Where something is and when it comes is told by facts of the order, in words of the shop. */
const OF_STATE = /\b(?:where|when|how long|status)\b/iu;

/**
 * Questions of the customer the draft does not speak of, by their words and those of the passages it stands on. A question back answers none
 * but shows that the writer saw it.
 */
export function checkAnswers(
  asked: readonly string[],
  sentences: readonly DraftSentence[],
  decisive: readonly PoolUnit[],
): CritiqueIssue[] {
  if (asked.length < MIN_QUESTIONS) return [];
  const said = sentences.filter(({ role }) => role !== 'courtesy').map(({ text }) => readStatement(text));
  const tellsState = sentences.some(({ citations }) => citations.some(({ kind }) => kind === 'tool'));
  const spoken = [...said, ...decisive, ...decisive.map(({ context }) => context)];
  return asked.flatMap((question) => {
    const { content } = readStatement(question);
    if (content.length < MIN_WORDS || (tellsState && OF_STATE.test(question))) return [];
    const found = content.filter((term) => spoken.some((statement) => has(statement, term))).length;
    return found / content.length < MIN_SPOKEN_OF
      ? [issueOf('unanswered_question', `Not answered: "${question.trim()}"`)]
      : [];
  });
}

import { stemSet } from '../text/words.js';
import { answerTo, inReadingOrder, type Candidate } from './candidate.js';
import { joinCompounds, productWords } from './product-words.js';

/** Longer procedures belong in the article, with a link. */
const MAX_STEPS = 6;
/** Steps must answer the how-question nearly as well as the best sentence does. */
const STEPS_SHARE = 0.5;
const MIN_STEPS = 0.2;

export interface StepQuestions {
  readonly questions: readonly string[];
  /** Places of the questions that ask for a way to do something. */
  readonly howQuestions: readonly number[];
}

/**
 * The list of steps that answers a how-question best, of an article the reply quotes: steps of another one are for something else.
 * A list must share a word with the question besides the goods ("how do I cancel it?" is not answered by how to join).
 */
export function bestSteps(
  candidates: readonly Candidate[],
  said: readonly Candidate[],
  { questions, howQuestions }: StepQuestions,
): readonly Candidate[] {
  const articles = new Set(said.map(({ article }) => article));
  const lists = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    if (candidate.unit.kind !== 'step' || !articles.has(candidate.article)) continue;
    const key = `${candidate.article.articleId} ${String(candidate.unit.block)}`;
    lists.set(key, [...(lists.get(key) ?? []), candidate]);
  }
  const scored = howQuestions.flatMap((question) => {
    const asked = verbsOf(questions[question] ?? '');
    const floor = STEPS_SHARE * Math.max(...said.map((one) => answerTo(one, question)));
    return [...lists.values()]
      .filter((steps) =>
        steps.some(({ unit, stems }) => sharesWord(asked, unit.headingPath.join(' '), stems)),
      )
      .map((steps) => {
        const answers = steps.map((step) => answerTo(step, question));
        return { steps, floor, score: 0.5 * mean(answers) + 0.5 * Math.max(...answers) };
      });
  });
  const top = scored.sort((a, b) => b.score - a.score)[0];
  if (!top || top.score < top.floor || top.score < MIN_STEPS || !holdsFor(top.steps, said)) return [];
  const isWhole = top.steps.length === top.steps[0]?.blockSize;
  return isWhole && top.steps.length <= MAX_STEPS ? inReadingOrder(top.steps) : [];
}

/** What is asked for, without the goods it is asked about. */
function verbsOf(question: string): ReadonlySet<string> {
  const goods = new Set(productWords(question).map(({ word }) => word));
  return new Set([...stemSet(joinCompounds(question))].filter((stem) => !goods.has(stem)));
}

function sharesWord(asked: ReadonlySet<string>, heading: string, stems: ReadonlySet<string>): boolean {
  const around = stemSet(heading);
  return [...asked].some((stem) => stems.has(stem) || around.has(stem));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

/** Where a special rule says no, the steps of an article that does not know that rule are wrong for this customer. */
function holdsFor(steps: readonly Candidate[], said: readonly Candidate[]): boolean {
  const restricted = said.filter(({ isRestriction }) => isRestriction).map(({ article }) => article);
  return restricted.length === 0 || steps.every(({ article }) => restricted.includes(article));
}

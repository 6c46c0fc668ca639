import type { SourceArticle } from '../state.js';
import type { ArticleUnit } from '../text/article-units.js';
import { leansBack } from '../text/sentences.js';
import { withPersonalRules } from './add-personal-rules.js';
import { answerTo, gain, inReadingOrder, isLead, predecessorOf, type Candidate } from './candidate.js';
import { bestSteps, type StepQuestions } from './choose-steps.js';
import { contradicts, saysTheSame } from './overlap.js';

export interface Chosen {
  /** Sentences in the order they are said. */
  readonly statements: readonly Candidate[];
  /** One list of steps, complete and in order, or none. */
  readonly steps: readonly Candidate[];
}

export interface ChooseOptions extends StepQuestions {
  readonly maxStatements: number;
  /** How well the article that answers must fit, 0 to 1; above 0 where facts answer already. */
  readonly minAnswer: number;
  /** Texts critique turned down. */
  readonly rejectedTexts: ReadonlySet<string>;
}

/** A sentence beside a chosen one, or made for an order as far as the customer's, may be this far off. */
const BESIDE_SHARE = 0.5;
/** The best one for a question of its own. */
const QUESTION_SHARE = 0.45;
const MIN_ANSWER = 0.18;
/** A question counts as answered by what comes this close to the best answer. */
const ANSWERED_SHARE = 0.8;
/** The reply leaves the article that answers best only for a question that article answers worse than this, and for a gain. */
const HOME_ANSWERS = 0.5;
const OTHER_ARTICLE_GAIN = 0.08;
const OTHER_SCORE_SHARE = 0.8;
const MIN_SCORE = 0.3;
/**
 * Chooses what the reply says: the best unit for each question, then what stands beside it and adds something.
 *
 * One article is kept to unless another answers a question clearly better: a reply from one source has one line of thought. Never two
 * units that say the same or contradict each other (another period for the same thing), never one that leans on a sentence that is not
 * said. Steps come as a whole list or not at all. The result is in reading order, the article that answers best first.
 */
export function chooseUnits(candidates: readonly Candidate[], options: ChooseOptions): Chosen {
  const { questions, maxStatements, minAnswer, rejectedTexts } = options;
  const usable = candidates.filter(({ unit }) => !rejectedTexts.has(unit.text));
  const ranked = usable.filter(({ unit }) => unit.kind !== 'step').sort((a, b) => b.score - a.score);
  const main = mainArticle(ranked);
  const own = ranked.filter(({ article }) => article === main);
  const best = own[0];
  if (!best || best.score < MIN_SCORE || !isWorthSaying(best, minAnswer))
    return { statements: [], steps: [] };
  const chosen: Candidate[] = [];
  const add = (candidate: Candidate): void => {
    const before = leansBack(candidate.unit.text) ? predecessorOf(candidate, own) : undefined;
    if (
      before &&
      !chosen.includes(before) &&
      chosen.length < maxStatements &&
      canJoin(before, chosen, usable)
    )
      chosen.push(before);
    if (chosen.length < maxStatements && canJoin(candidate, chosen, usable)) chosen.push(candidate);
    if (isLead(candidate) && chosen.includes(candidate)) joinLead(candidate.article);
  };
  // The first two sentences of an article are its answer in short, and belong together.
  const joinLead = (article: SourceArticle): void => {
    const other = ranked.find((one) => isLead(one) && one.article === article && !chosen.includes(one));
    if (other && chosen.length < maxStatements && canJoin(other, chosen, usable)) chosen.push(other);
  };
  const addBeside = (): void => {
    for (const candidate of own) {
      const isBeside = chosen.some(({ unit }) => standsBeside(unit, candidate.unit));
      if (isBeside && candidate.score >= BESIDE_SHARE * best.score) add(candidate);
    }
  };
  add(best);
  questions.forEach((_, at) => {
    const first = bestFor(at, own, ranked);
    const isOpen = first && !chosen.some((one) => answerTo(one, at) >= ANSWERED_SHARE * answerTo(first, at));
    if (isOpen && answerTo(first, at) >= MIN_ANSWER && first.score >= QUESTION_SHARE * best.score) add(first);
  });
  const forStage = inReadingOrder(
    own.filter(({ isForStage, unit }) => isForStage && unit.kind === 'sentence'),
  );
  for (const candidate of forStage) if (candidate.score >= BESIDE_SHARE * best.score) add(candidate);
  addBeside();
  const said = withPersonalRules(chosen, ranked);
  const steps = bestSteps(usable, said, options);
  const shown = steps.length > 0 ? said.slice(0, Math.max(2, maxStatements - 1)) : said;
  return { statements: inAnsweringOrder(shown, questions.length), steps };
}

function standsBeside(a: ArticleUnit, b: ArticleUnit): boolean {
  return a.block === b.block && a.kind === 'sentence' && Math.abs(a.position - b.position) === 1;
}

/** Beside facts that answer already, a rule must be about the very thing: by its article's title, or word for word. */
function isWorthSaying({ perQuestion, titleFit }: Candidate, minAnswer: number): boolean {
  return titleFit >= minAnswer || Math.max(...perQuestion) >= minAnswer + 0.25;
}

/** The article whose best three units answer best; a single lucky sentence does not make an article the source. */
function mainArticle(ranked: readonly Candidate[]): SourceArticle | undefined {
  const byArticle = new Map<SourceArticle, number[]>();
  for (const { article, score } of ranked) byArticle.set(article, [...(byArticle.get(article) ?? []), score]);
  const worth = (scores: readonly number[]): number =>
    (scores[0] ?? 0) + 0.5 * (scores[1] ?? 0) + 0.25 * (scores[2] ?? 0);
  return [...byArticle.entries()].sort(([, a], [, b]) => worth(b) - worth(a))[0]?.[0];
}

/** The unit that answers one question best; one of another article only when it is clearly better. */
function bestFor(
  question: number,
  own: readonly Candidate[],
  all: readonly Candidate[],
): Candidate | undefined {
  const first = (from: readonly Candidate[]): Candidate | undefined =>
    [...from].sort((a, b) => gain(b, question) - gain(a, question))[0];
  // A row says little without its table, unless it is the customer's own.
  const [home, any] = [
    first(own.filter(({ unit, isPersonal }) => unit.kind !== 'row' || isPersonal)),
    first(all.filter(({ unit }) => unit.kind !== 'row')),
  ];
  if (!home || !any) return home ?? any;
  const isLeft =
    answerTo(home, question) < HOME_ANSWERS && any.score >= OTHER_SCORE_SHARE * (own[0]?.score ?? 0);
  return isLeft && answerTo(any, question) > answerTo(home, question) + OTHER_ARTICLE_GAIN ? any : home;
}

function canJoin(candidate: Candidate, chosen: readonly Candidate[], all: readonly Candidate[]): boolean {
  if (chosen.some((other) => saysTheSame(candidate, other) || contradicts(candidate, other))) return false;
  if (!leansBack(candidate.unit.text)) return true;
  const before = predecessorOf(candidate, all);
  return before !== undefined && chosen.includes(before);
}

/** Articles in the order of the questions they answer best, their units in reading order. */
function inAnsweringOrder(chosen: readonly Candidate[], questionCount: number): Candidate[] {
  const firstQuestion = (article: SourceArticle): number => {
    for (let at = 0; at < questionCount; at += 1) {
      const top = [...chosen].sort((a, b) => gain(b, at) - gain(a, at))[0];
      if (top?.article === article) return at;
    }
    return questionCount;
  };
  return inReadingOrder(chosen, (article) => firstQuestion(article));
}

import type { SourceArticle } from '../state.js';
import { quantitiesOf } from '../text/quantities.js';
import { leansBack } from '../text/sentences.js';
import type { ArticleUnit } from '../text/article-units.js';
import { jaccard, stemsOf } from '../text/words.js';
import { readPeriod } from './deadlines.js';
import type { Candidate } from './score-units.js';

export interface Chosen {
  /** Sentences in the order they are said. */
  readonly statements: readonly Candidate[];
  /** One list of steps, complete and in order, or none. */
  readonly steps: readonly Candidate[];
}

export interface ChooseOptions {
  readonly questions: readonly string[];
  readonly maxStatements: number;
  readonly wantsSteps: boolean;
  /** Texts critique turned down. */
  readonly rejectedTexts: ReadonlySet<string>;
}

/** A further sentence must come this close to the best one and add a word of the question or be made for the customer's case. */
const FURTHER_SHARE = 0.8;
/** One right beside a chosen sentence goes on with its thought and may be further off. */
const BESIDE_SHARE = 0.5;
/** The best one for a question of its own. */
const QUESTION_SHARE = 0.6;
/** What another article must answer a question better by, before the reply leaves the article that answers best. */
const OTHER_ARTICLE_GAIN = 0.16;
const MIN_SCORE = 0.3;
/** Longer procedures belong in the article, with a link. */
const MAX_STEPS = 6;
const STEPS_SHARE = 0.6;

/**
 * Chooses what the reply says: the best unit for each question, then what stands beside it and adds something.
 *
 * One article is kept to unless another answers a question clearly better: a reply from one source has one line of thought. Never two
 * units that say the same or contradict each other (another period for the same thing), never one that leans on a sentence that is not
 * said. Steps come as a whole list or not at all. The result is in reading order, the article that answers best first.
 */
export function chooseUnits(candidates: readonly Candidate[], options: ChooseOptions): Chosen {
  const { questions, maxStatements, wantsSteps, rejectedTexts } = options;
  const usable = candidates.filter(({ unit }) => !rejectedTexts.has(unit.text));
  const ranked = usable.filter(({ unit }) => unit.kind !== 'step').sort((a, b) => b.score - a.score);
  const main = mainArticle(ranked);
  const own = ranked.filter(({ article }) => article === main);
  const best = own[0];
  if (!best || best.score < MIN_SCORE) return { statements: [], steps: [] };
  const steps = wantsSteps
    ? bestSteps(
        usable.filter(({ article }) => article === main),
        best,
      )
    : [];
  const limit = Math.max(1, steps.length > 0 ? maxStatements - 1 : maxStatements);
  const chosen: Candidate[] = [];
  const add = (candidate: Candidate): void => {
    if (chosen.length < limit && canJoin(candidate, chosen, usable)) chosen.push(candidate);
  };
  add(best);
  questions.forEach((_, at) => {
    const first = bestFor(at, own, ranked);
    if (first && first.score >= QUESTION_SHARE * best.score) add(first);
  });
  for (const candidate of own) {
    const isBeside = chosen.some(({ unit }) => standsBeside(unit, candidate.unit));
    const isNew = candidate.fit === 'applies' || addsWord(candidate, chosen, questions);
    if (candidate.score >= BESIDE_SHARE * best.score && isBeside) add(candidate);
    else if (candidate.score >= FURTHER_SHARE * best.score && isNew) add(candidate);
  }
  return { statements: inAnsweringOrder(withSeason(chosen, own), questions.length), steps };
}

function standsBeside(a: ArticleUnit, b: ArticleUnit): boolean {
  return a.block === b.block && a.kind === 'sentence' && Math.abs(a.position - b.position) === 1;
}

function addsWord({ stems }: Candidate, chosen: readonly Candidate[], questions: readonly string[]): boolean {
  const open = questions
    .flatMap((question) => stemsOf(question))
    .filter((stem) => !chosen.some((one) => one.stems.has(stem)));
  return open.some((stem) => stems.has(stem));
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
  const [home, any] = [first(own), first(all)];
  if (!home || !any) return home ?? any;
  const answer = ({ perQuestion }: Candidate): number => perQuestion[question] ?? 0;
  return answer(any) > answer(home) + OTHER_ARTICLE_GAIN ? any : home;
}

/** A rule about a period is only half said when these weeks have a rule of their own; then the period that does not hold is left out. */
function withSeason(chosen: readonly Candidate[], ranked: readonly Candidate[]): readonly Candidate[] {
  const isPeriod = ({ unit }: Candidate): boolean => readPeriod(unit.text) !== null;
  if (!chosen.some(isPeriod) || chosen.some(({ isSeasonal }) => isSeasonal)) return chosen;
  const seasonal = ranked.find(({ isSeasonal, score }) => isSeasonal && score >= MIN_SCORE);
  return seasonal ? [...chosen, seasonal] : chosen;
}

/** How well a unit answers one question, with what speaks for the unit in general. */
function gain(candidate: Candidate, question: number): number {
  return (candidate.perQuestion[question] ?? 0) + candidate.score - Math.max(...candidate.perQuestion);
}

function canJoin(candidate: Candidate, chosen: readonly Candidate[], all: readonly Candidate[]): boolean {
  if (chosen.some((other) => saysTheSame(candidate, other) || contradicts(candidate, other))) return false;
  if (!leansBack(candidate.unit.text)) return true;
  const before = all.find(
    ({ article, unit }) =>
      article === candidate.article &&
      unit.position === candidate.unit.position - 1 &&
      unit.block === candidate.unit.block,
  );
  return before !== undefined && chosen.includes(before);
}

/** Nearly the same words, or all of the shorter one's words inside the longer one. */
export function saysTheSame(a: Candidate, b: Candidate): boolean {
  if (jaccard(a.stems, b.stems) >= 0.5) return true;
  const [short, long] = a.stems.size <= b.stems.size ? [a, b] : [b, a];
  const shared = [...short.stems].filter((stem) => long.stems.has(stem)).length;
  const numbers = (candidate: Candidate): string =>
    quantitiesOf(candidate.unit.text)
      .map(({ value }) => value)
      .sort()
      .join(' ');
  return (
    shared / Math.max(1, short.stems.size) >= (numbers(a) === numbers(b) && numbers(a) !== '' ? 0.6 : 0.8)
  );
}

/** Two periods of different length counted from the same day cannot both be the customer's. */
function contradicts(a: Candidate, b: Candidate): boolean {
  const [left, right] = [readPeriod(a.unit.text), readPeriod(b.unit.text)];
  if (!left || !right || left.days === right.days) return false;
  return jaccard(a.stems, b.stems) >= 0.3;
}

/** The list whose steps fit best, when it fits nearly as well as the best sentence. */
function bestSteps(candidates: readonly Candidate[], best: Candidate | undefined): Candidate[] {
  const lists = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    if (candidate.unit.kind !== 'step') continue;
    const key = `${candidate.article.articleId} ${String(candidate.unit.block)}`;
    lists.set(key, [...(lists.get(key) ?? []), candidate]);
  }
  const scored = [...lists.values()]
    .map((steps) => ({ steps, score: listScore(steps, best?.article) }))
    .sort((a, b) => b.score - a.score);
  const top = scored[0];
  if (!top || top.score < MIN_SCORE || top.score < STEPS_SHARE * (best?.score ?? 0)) return [];
  const isWhole = top.steps.length === top.steps[0]?.blockSize;
  return isWhole && top.steps.length <= MAX_STEPS ? inReadingOrder(top.steps) : [];
}

function listScore(steps: readonly Candidate[], bestArticle: SourceArticle | undefined): number {
  const scores = steps.map(({ score }) => score);
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const isSameArticle = steps[0]?.article === bestArticle;
  return 0.5 * Math.max(...scores) + 0.5 * mean + (isSameArticle ? 0.08 : 0);
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

function inReadingOrder(
  chosen: readonly Candidate[],
  rank: (article: SourceArticle) => number = () => 0,
): Candidate[] {
  return [...chosen].sort((a, b) => rank(a.article) - rank(b.article) || a.unit.position - b.unit.position);
}

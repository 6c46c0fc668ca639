import type { SourceArticle } from '../state.js';
import { quantitiesOf } from '../text/quantities.js';
import { leansBack } from '../text/sentences.js';
import { jaccard } from '../text/words.js';
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

/** A unit this far under the best one says something else. */
const KEEP_SHARE = 0.62;
const MIN_SCORE = 0.3;
/** Longer procedures belong in the article, with a link. */
const MAX_STEPS = 6;
const STEPS_SHARE = 0.6;

/**
 * Chooses what the reply says: the best unit for each question, then the next best while they add something.
 *
 * Never two that say the same or contradict each other (another period for the same thing), never one that leans on a sentence that is
 * not said. Steps come as a whole list or not at all. The result is in reading order, the article that answers best first.
 */
export function chooseUnits(candidates: readonly Candidate[], options: ChooseOptions): Chosen {
  const { questions, maxStatements, wantsSteps, rejectedTexts } = options;
  const usable = candidates.filter(({ unit }) => !rejectedTexts.has(unit.text));
  const ranked = usable.filter(({ unit }) => unit.kind !== 'step').sort((a, b) => b.score - a.score);
  const best = ranked[0];
  const steps = wantsSteps ? bestSteps(usable, best) : [];
  if (!best) return { statements: [], steps };
  const limit = Math.max(1, steps.length > 0 ? maxStatements - 1 : maxStatements);
  const floor = Math.max(MIN_SCORE, KEEP_SHARE * best.score);
  const chosen: Candidate[] = [];
  const add = (candidate: Candidate): void => {
    if (chosen.length < limit && canJoin(candidate, chosen, usable)) chosen.push(candidate);
  };
  add(best);
  questions.forEach((_, at) => {
    const forQuestion = [...ranked].sort((a, b) => gain(b, at) - gain(a, at));
    const first = forQuestion.find((candidate) => candidate.score >= floor);
    if (first) add(first);
  });
  for (const candidate of ranked) if (candidate.score >= floor) add(candidate);
  return { statements: inReadingOrder(withSeason(chosen, ranked)), steps };
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

function inReadingOrder(chosen: readonly Candidate[]): Candidate[] {
  const articles = [...new Set([...chosen].sort((a, b) => b.score - a.score).map(({ article }) => article))];
  return [...chosen].sort(
    (a, b) => articles.indexOf(a.article) - articles.indexOf(b.article) || a.unit.position - b.unit.position,
  );
}

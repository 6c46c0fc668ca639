import type { SourceArticle } from '../state.js';
import { quantitiesOf } from '../text/quantities.js';
import { leansBack } from '../text/sentences.js';
import type { ArticleUnit } from '../text/article-units.js';
import { jaccard, stemSet } from '../text/words.js';
import { readPeriod } from './deadlines.js';
import { joinCompounds, productWords } from './product-words.js';
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
  /** Places of the questions that ask for a way to do something. */
  readonly howQuestions: readonly number[];
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
/** Longer procedures belong in the article, with a link. */
const MAX_STEPS = 6;
/** Steps must answer the how-question nearly as well as the best sentence does. */
const STEPS_SHARE = 0.5;
const MIN_STEPS = 0.2;

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

/** Where a special rule says no, the steps of an article that does not know that rule are wrong for this customer. */
function holdsFor(steps: readonly Candidate[], said: readonly Candidate[]): boolean {
  const restricted = said.filter(({ isRestriction }) => isRestriction).map(({ article }) => article);
  return restricted.length === 0 || steps.every(({ article }) => restricted.includes(article));
}

/** How well a special rule must answer one of the questions to be said. */
const PERSONAL_ANSWERS = 0.22;
const RESTRICTION_ANSWERS = 0.26;
const MAX_PERSONAL = 2;
/** And how close to the best unit it must come. */
const PERSONAL_SHARE = 0.6;
/** Stems every rule about a period has. */
const EVERYDAY = stemSet('day days delivery order orders item items us');

/**
 * Adds the special rules of this customer: the general rule alone would be wrong for them. Where one says no, general rules about
 * periods go: "30 days to return" is not true of goods that cannot be returned.
 */
function withPersonalRules(chosen: readonly Candidate[], ranked: readonly Candidate[]): readonly Candidate[] {
  const isPeriod = ({ unit }: Candidate): boolean => readPeriod(unit.text) !== null;
  const isAsked = (candidate: Candidate): boolean =>
    Math.max(...candidate.perQuestion) >= (candidate.isRestriction ? RESTRICTION_ANSWERS : PERSONAL_ANSWERS);
  const periods = chosen.filter(isPeriod);
  // "Until 31 January" is about the period that is said only when both are about, say, returning.
  const isSameRule = ({ stems, around }: Candidate): boolean =>
    periods.some((period) =>
      [...period.stems].some((stem) => !EVERYDAY.has(stem) && (stems.has(stem) || around.has(stem))),
    );
  const floor = PERSONAL_SHARE * Math.max(...chosen.map(({ score }) => score));
  const added: Candidate[] = [];
  for (const candidate of ranked) {
    if (!candidate.isPersonal || chosen.includes(candidate) || added.length >= MAX_PERSONAL) continue;
    const isDue = candidate.isSeasonal
      ? isSameRule(candidate)
      : isAsked(candidate) && candidate.score >= floor;
    if (!isDue) continue;
    if (![...chosen, ...added].some((other) => other.isPersonal && saysTheSame(other, candidate)))
      added.push(candidate);
  }
  const all = [...added, ...chosen.filter((one) => !added.some((other) => saysTheSame(one, other)))];
  const restricted = new Set(all.filter(({ isRestriction }) => isRestriction).map(({ article }) => article));
  if (restricted.size === 0) return all;
  return all.filter((one) => one.isRestriction || (restricted.has(one.article) && !isPeriod(one)));
}

function answerTo({ perQuestion }: Candidate, question: number): number {
  return perQuestion[question] ?? 0;
}

/** How well a unit answers one question, with what speaks for the unit in general. */
function gain(candidate: Candidate, question: number): number {
  return (candidate.perQuestion[question] ?? 0) + candidate.score - Math.max(...candidate.perQuestion);
}

function isLead({ unit }: Candidate): boolean {
  return unit.position <= 1 && unit.headingPath.length === 0;
}

/** The sentence right before one, in the same paragraph. */
function predecessorOf({ article, unit }: Candidate, all: readonly Candidate[]): Candidate | undefined {
  return all.find(
    (one) =>
      one.article === article && one.unit.block === unit.block && one.unit.position === unit.position - 1,
  );
}

function canJoin(candidate: Candidate, chosen: readonly Candidate[], all: readonly Candidate[]): boolean {
  if (chosen.some((other) => saysTheSame(candidate, other) || contradicts(candidate, other))) return false;
  if (!leansBack(candidate.unit.text)) return true;
  const before = predecessorOf(candidate, all);
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

/**
 * The list of steps that answers a how-question best, of an article the reply quotes: steps of another one are for something else.
 * A list must share a word with the question besides the goods ("how do I cancel it?" is not answered by how to join).
 */
function bestSteps(
  candidates: readonly Candidate[],
  said: readonly Candidate[],
  { questions, howQuestions }: ChooseOptions,
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

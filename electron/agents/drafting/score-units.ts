import type { Evidence } from '../../../shared/domain/evidence.js';
import type { SourceArticle } from '../state.js';
import { articleUnits, type ArticleUnit } from '../text/article-units.js';
import { stemSet } from '../text/words.js';
import type { Candidate } from './candidate.js';
import {
  fitOf,
  isPersonalRule,
  isRestriction,
  namesCode,
  seasonFit,
  stageFit,
  type Fit,
} from './conditions.js';
import { coversProduct } from './product-words.js';
import { countriesIn, type CustomerTraits } from './traits.js';
import { cosine, type Vectors } from './vector-cache.js';

export interface ScoreInput {
  readonly sources: readonly SourceArticle[];
  readonly evidence: readonly Evidence[];
  readonly questions: readonly string[];
  /** The customer's need as the intent stage says it; counts for less than the questions. */
  readonly query: string;
  /** What the team calls the wish, null while nobody is sure of it; counts like the query, and for titles. */
  readonly topic: string | null;
  readonly traits: CustomerTraits;
  readonly vectors: Vectors;
  readonly signal: AbortSignal;
}

const HINT_WEIGHT = 0.9;
/** For an article whose title is about what the team calls the customer's wish. */
const TITLE_WEIGHT = 0.15;

/** Most units to embed for one reply; those with fewer words of the question are left out first. */
const MAX_EMBEDDED = 24;

/** Headings under which articles list special cases. */
const EXCEPTIONS = /\b(?:exception|limit|special case|good to know|note|restriction|raise questions)/i;

/**
 * Scores every quotable unit of the sources against the customer's questions.
 *
 * Per question: 0.55 cosine + 0.45 coverage of the question's stems, rarer stems counting more (inverse document frequency over the
 * candidates). Added: what stands first in an article (its direct answer), what stands in the passage the search found, what is made for
 * the customer's case; taken off: special cases that are not theirs. The weights were set on the demo conversations by reading replies.
 */
export async function scoreUnits(input: ScoreInput): Promise<Candidate[]> {
  const { sources, evidence, questions, query, topic, traits, vectors, signal } = input;
  const texts = [...questions, query, ...(topic === null ? [] : [topic])];
  const ranked = rankArticles(sources, evidence, traits);
  const open = ranked.flatMap(({ article, bonus, passages }) => {
    const units = articleUnits(article.markdown).map((unit) => ({ unit, fit: fitOf(unit, traits) }));
    // A list with one step for somebody else is somebody else's list.
    const closed = new Set(
      units.filter(({ unit, fit }) => unit.kind === 'step' && fit === 'excluded').map(blockOf),
    );
    return units.flatMap(({ unit, fit }) => {
      const [first] = passages;
      if (fit === 'excluded' || !first || (unit.kind === 'step' && closed.has(unit.block))) return [];
      const blockSize = units.filter((other) => other.unit.block === unit.block).length;
      const holder = passages.find(({ span }) => span.start <= unit.span.start && unit.span.end <= span.end);
      const own = stemSet(`${unit.text} ${unit.context}`);
      const around = stemSet(`${unit.headingPath.join(' ')} ${article.title}`);
      const base = bonus + placeBonus(unit, units) + holderBonus(holder) + fitBonus(unit, fit, traits);
      return [
        {
          unit,
          article,
          evidenceId: (holder ?? first).id,
          fit,
          blockSize,
          stems: own,
          around,
          base,
          isKept: isPersonalRule(unit.text, traits),
        },
      ];
    });
  });
  const weights = inverseFrequencies(open.map(({ stems }) => stems));
  const asked = texts.map((question) => [...stemSet(question)]);
  const withWords = open.map((entry) => ({
    ...entry,
    words: asked.map((stems) => weighted(stems, entry, weights)),
  }));
  const kept = mostPromising(withWords);
  const titles = kept.map(({ article }) => article.title);
  const sentences = [...kept.map(({ unit }) => unit.text), ...titles];
  const embedded = kept.length > 0 ? await vectors(texts, sentences, signal) : null;
  return kept.map(({ unit, article, evidenceId, fit, blockSize, stems, around, words, base }, at) => {
    const perText = words.map((share, question) =>
      embedded
        ? 0.55 * Math.max(0, cosine(embedded.questions[question], embedded.sentences[at])) + 0.45 * share
        : 0.9 * share,
    );
    const perQuestion = perText.slice(0, questions.length);
    const hinted = perText.slice(questions.length).map((answer) => HINT_WEIGHT * answer);
    const title =
      embedded && topic !== null
        ? cosine(embedded.questions.at(-1), embedded.sentences[kept.length + at])
        : 0;
    const score = Math.max(...perQuestion, ...hinted) + base + TITLE_WEIGHT * Math.max(0, title);
    const about = {
      isForStage: stageFit(unit.text, unit.headingPath.at(-1) ?? '', traits) === 'applies',
      isSeasonal: seasonFit(unit.text, traits) === 'applies',
      isPersonal: isPersonalRule(unit.text, traits),
      isRestriction: isRestriction(unit.text, traits),
    };
    return {
      unit,
      article,
      evidenceId,
      fit,
      ...about,
      blockSize,
      stems,
      around,
      perQuestion,
      score,
      titleFit: title,
    };
  });
}

const blockOf = ({ unit }: JudgedUnit): number => unit.block;

interface Weighed {
  readonly unit: ArticleUnit;
  readonly article: SourceArticle;
  readonly words: readonly number[];
  readonly base: number;
  /** A personal rule is judged, however few words it shares. */
  readonly isKept: boolean;
}

/** The first two sentences of an article answer its title. */
const isLead = ({ position, headingPath }: ArticleUnit): boolean => position <= 1 && headingPath.length === 0;

/** The units worth an embedding, by words alone, and every lead. A list of steps stays whole or goes whole, by its best step. */
function mostPromising<T extends Weighed>(units: readonly T[]): readonly T[] {
  const promise = ({ words, base }: Weighed): number => Math.max(...words) + base;
  const listOf = ({ unit, article }: Weighed): string => `${article.articleId} ${String(unit.block)}`;
  const lists = new Map<string, number>();
  for (const one of units) {
    if (one.unit.kind === 'step') lists.set(listOf(one), Math.max(lists.get(listOf(one)) ?? 0, promise(one)));
  }
  const rank = (one: Weighed): number =>
    one.unit.kind === 'step' ? (lists.get(listOf(one)) ?? 0) : promise(one);
  const sorted = [...units].sort((a, b) => rank(b) - rank(a) || a.unit.position - b.unit.position);
  const whole = new Set(
    sorted
      .slice(0, MAX_EMBEDDED)
      .filter(({ unit }) => unit.kind === 'step')
      .map(listOf),
  );
  return sorted.filter(
    (one, at) =>
      at < MAX_EMBEDDED ||
      one.isKept ||
      isLead(one.unit) ||
      (one.unit.kind === 'step' && whole.has(listOf(one))),
  );
}

interface JudgedUnit {
  readonly unit: ArticleUnit;
  readonly fit: Fit;
}

interface RankedArticle {
  readonly article: SourceArticle;
  readonly passages: readonly Evidence[];
  readonly bonus: number;
}

/** For an article about the customer's own goods in the field the question is about: its special rule beats the general one. */
const OWN_FIELD = 0.25;
const OWN_OTHER_FIELD = 0.05;
const OWN_COUNTRY = 0.2;

/** The field most of the search's general articles are of: a question about a return is not answered by how to wash the goods. */
function fieldOf(evidence: readonly Evidence[], special: ReadonlySet<string>): string | undefined {
  const sums = new Map<string, number>();
  for (const { articleId, category, score } of evidence) {
    if (!special.has(articleId)) sums.set(category, (sums.get(category) ?? 0) + score);
  }
  return [...sums.entries()].sort(([, a], [, b]) => b - a)[0]?.[0] ?? evidence[0]?.category;
}

/** The search's order, with an article for the customer's own product moved up and one for another product left out. */
function rankArticles(
  sources: readonly SourceArticle[],
  evidence: readonly Evidence[],
  { products, askedCountries }: CustomerTraits,
): RankedArticle[] {
  const quotable = sources.filter(
    ({ product }) => product === null || products.length === 0 || coversProduct(product, products),
  );
  const special = new Set(
    sources.filter(({ product }) => product !== null).map(({ articleId }) => articleId),
  );
  const field = fieldOf(evidence, special);
  const best = Math.max(...evidence.map(({ score }) => score), Number.EPSILON);
  return quotable.map((article) => {
    const passages = evidence.filter(({ articleId }) => articleId === article.articleId);
    const share = (passages[0]?.score ?? 0) / best;
    const isOwn = article.product !== null && products.length > 0;
    const ownBonus = !isOwn ? 0 : article.category === field ? OWN_FIELD : OWN_OTHER_FIELD;
    const isOwnCountry = countriesIn(article.title).some((name) => askedCountries.includes(name));
    return { article, passages, bonus: 0.16 * share + ownBonus + (isOwnCountry ? OWN_COUNTRY : 0) };
  });
}

/** What stands first answers the title; a sentence whose predecessor is not for this customer has lost its footing. */
function placeBonus({ headingPath, position }: ArticleUnit, units: readonly JudgedUnit[]): number {
  if (headingPath.length > 0) return 0;
  if (position === 0) return 0.14;
  return units[position - 1]?.fit === 'excluded' ? -0.1 : 0.1;
}

function holderBonus(holder: Evidence | undefined): number {
  if (!holder) return 0;
  return holder.id === 'E1' ? 0.1 : 0.05;
}

function fitBonus({ text, headingPath, kind }: ArticleUnit, fit: Fit, traits: CustomerTraits): number {
  if (stageFit(text, headingPath.at(-1) ?? '', traits) === 'applies') return 0.22;
  if (namesCode(text, traits)) return kind === 'row' ? 0 : 0.25;
  if (fit === 'applies') return kind === 'row' ? 0.02 : 0.1;
  const isException = kind === 'bullet' && headingPath.some((heading) => EXCEPTIONS.test(heading));
  if (isException) return -0.25;
  return kind === 'row' ? -0.3 : 0;
}

function inverseFrequencies(all: readonly ReadonlySet<string>[]): (stem: string) => number {
  const counts = new Map<string, number>();
  for (const stems of all) for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return (stem) => {
    const count = counts.get(stem) ?? 0;
    // A word no article has says nothing about which unit is better.
    return count === 0 ? 0 : Math.log(1 + all.length / count);
  };
}

function weighted(
  asked: readonly string[],
  { stems, around }: { readonly stems: ReadonlySet<string>; readonly around: ReadonlySet<string> },
  weight: (stem: string) => number,
): number {
  let total = 0;
  let found = 0;
  for (const stem of asked) {
    const value = weight(stem);
    total += value;
    if (stems.has(stem)) found += value;
    else if (around.has(stem)) found += 0.5 * value;
  }
  return total === 0 ? 0 : found / total;
}

import type { Freshness } from '../../../shared/domain/evidence.js';
import { freshnessOf } from '../../../shared/domain/freshness.js';
import type { CandidateRow } from '../store/candidate-reader.js';
import { coverage, stemsOf } from './coverage.js';
import type { AnalysedQuery, QueryTerm } from './query.js';
import type { SearchWeights } from './search-weights.js';

/** What the two searches say of a chunk; ranks are 1-based, null where that search did not find it. */
export interface FoundChunk {
  readonly id: number;
  readonly lexicalRank: number | null;
  readonly denseRank: number | null;
  /** Both rankings fused, 0 to 1. */
  readonly fused: number;
}

/** A candidate with all that its place in the result was decided by. */
export interface RankedChunk extends CandidateRow, FoundChunk {
  readonly cosine: number | null;
  /** Which part of the query's words title, headings and passage hold, 0 to 1. */
  readonly coverage: number;
  /** How near it is to the topic in words and meaning, 0 to 1; 0 without a topic. */
  readonly topicality: number;
  readonly freshness: Freshness;
  /** 0 to 1, comparable within one search. */
  readonly score: number;
}

/** A topic's words and how near a chunk is to it. */
export interface RankingTopic {
  readonly terms: readonly QueryTerm[];
  readonly cosineOf: (chunkId: number) => number | null;
}

export interface RankingInput {
  readonly rows: readonly CandidateRow[];
  readonly found: readonly FoundChunk[];
  readonly query: AnalysedQuery;
  readonly cosineOf: (chunkId: number) => number | null;
  /** What the customer is thought to want; null when nothing is known of it. */
  readonly topic: RankingTopic | null;
  readonly weights: SearchWeights;
  /** ISO date; articles that are not valid on it go down. */
  readonly today: string;
}

/** Orders candidates by both searches, by how much of the query they hold and by what their headings say; best first. */
export function rankCandidates(input: RankingInput): RankedChunk[] {
  const { weights } = input;
  const rows = new Map(input.rows.map((row) => [row.id, row]));
  const most = 1 + weights.coverage + weights.title + weights.cosine + (input.topic ? weights.topic : 0);
  const ranked = input.found.flatMap((found): RankedChunk[] => {
    const row = rows.get(found.id);
    if (!row) return [];
    const about = `${row.title} ${row.headingPath.join(' ')}`;
    const aboutStems = stemsOf(about);
    const covered = coverage(input.query.terms, stemsOf(`${about} ${row.body}`));
    const cosine = input.cosineOf(row.id);
    const topicality = input.topic ? nearTopic(row.id, aboutStems, input.topic) : 0;
    const parts =
      found.fused +
      weights.coverage * covered +
      weights.title * coverage(input.query.terms, aboutStems) +
      weights.cosine * Math.max(0, cosine ?? 0) +
      weights.topic * topicality;
    const freshness = freshnessOf(row, input.today);
    const isValid = freshness === 'current' || freshness === 'stale';
    const score = (parts / most) * (isValid ? 1 : weights.expired);
    return [
      { ...row, ...found, cosine, coverage: covered, topicality, freshness, score: Math.min(1, score) },
    ];
  });
  return withSupport(ranked, weights.support).sort((a, b) => b.score - a.score || a.id - b.id);
}

/** Passages count more when others of their article were found as well: it is about the question, not in passing. */
function withSupport(ranked: readonly RankedChunk[], share: number): RankedChunk[] {
  const byArticle = new Map<string, number[]>();
  for (const { articleId, score } of ranked)
    byArticle.set(articleId, [...(byArticle.get(articleId) ?? []), score]);
  const support = new Map(Array.from(byArticle, ([articleId, scores]) => [articleId, supportOf(scores)]));
  return ranked.map((chunk) => ({
    ...chunk,
    score: (1 - share) * chunk.score + share * (support.get(chunk.articleId) ?? 0),
  }));
}

/** The best passages of an article, each next one counting less. */
const SUPPORT_WEIGHTS = [1, 1 / 2, 1 / 3];

function supportOf(scores: readonly number[]): number {
  const best = scores.toSorted((a, b) => b - a);
  const sum = SUPPORT_WEIGHTS.reduce((total, weight, i) => total + weight * (best[i] ?? 0), 0);
  return sum / SUPPORT_WEIGHTS.reduce((total, weight) => total + weight, 0);
}

function nearTopic(
  chunkId: number,
  aboutStems: ReadonlySet<string>,
  { terms, cosineOf }: RankingTopic,
): number {
  return (Math.max(0, cosineOf(chunkId) ?? 0) + coverage(terms, aboutStems)) / 2;
}

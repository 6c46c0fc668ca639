import type { Freshness } from '../../../shared/domain/evidence.js';
import { freshnessOf } from '../../../shared/domain/freshness.js';
import type { CandidateRow } from '../store/candidate-reader.js';
import { chunkWords } from './chunk-words.js';
import { coverage } from './coverage.js';
import type { QueryTerm } from './query.js';
import {
  featuresOfChunks,
  measureCandidates,
  rankFeatures,
  type FeatureInput,
  type MeasuredChunk,
  type RankFeatures,
} from './rank-features.js';
import { rankingWeights } from './ranking-weights.js';
import type { SearchWeights } from './search-weights.js';

/** What the two searches say of a chunk; ranks are 1-based, null where that search did not find it. */
export interface FoundChunk {
  readonly id: number;
  readonly lexicalRank: number | null;
  readonly denseRank: number | null;
}

/** A candidate with all that its place in the result was decided by. */
export interface RankedChunk extends CandidateRow, FoundChunk {
  readonly cosine: number | null;
  /** Which part of the words of all turns title, headings and passage hold, 0 to 1. */
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

export interface RankingInput extends FeatureInput {
  readonly rows: readonly CandidateRow[];
  readonly found: ReadonlyMap<number, FoundChunk>;
  /** What the customer is thought to want; null when nothing is known of it. */
  readonly topic: RankingTopic | null;
  readonly weights: SearchWeights;
  /** ISO date; articles that are not valid on it go down. */
  readonly today: string;
}

/** Ranked chunks, and the features of each article, for fitting. */
export interface Ranking {
  readonly ranked: readonly RankedChunk[];
  readonly articles: ReadonlyMap<string, RankFeatures>;
}

/**
 * Orders candidates by the weighted sum of their features and of their article's, best first: an article whose passages together hold what was
 * asked for is about it, not in passing.
 */
export function rankCandidates(input: RankingInput): Ranking {
  const { rows, found, topic, weights, today, turns } = input;
  const measured = measureCandidates(rows, input);
  const chunksOf = new Map<string, MeasuredChunk[]>();
  for (const { id, articleId } of rows) {
    const chunk = measured.get(id);
    if (chunk) chunksOf.set(articleId, [...(chunksOf.get(articleId) ?? []), chunk]);
  }
  const articles = new Map(
    Array.from(chunksOf, ([articleId, chunks]) => [articleId, featuresOfChunks(chunks, turns)]),
  );
  const topicality = new Map(rows.map((row) => [row.id, topic ? nearTopic(row, topic) : 0]));
  const articleTopicality = new Map<string, number>();
  for (const { id, articleId } of rows) {
    articleTopicality.set(
      articleId,
      Math.max(topicality.get(id) ?? 0, articleTopicality.get(articleId) ?? 0),
    );
  }
  const topicShare = topic ? weights.topic : 0;
  const scoreOf = (features: RankFeatures, near: number): number =>
    (weightedMean(features) + topicShare * near) / (1 + topicShare);

  const ranked = rows.flatMap((row): RankedChunk[] => {
    const chunk = measured.get(row.id);
    const place = found.get(row.id);
    const article = articles.get(row.articleId);
    if (!chunk || !place || !article) return [];
    const freshness = freshnessOf(row, today);
    const isValid = freshness === 'current' || freshness === 'stale';
    const near = topicality.get(row.id) ?? 0;
    const own = scoreOf(featuresOfChunks([chunk], turns), near);
    const whole = scoreOf(article, articleTopicality.get(row.articleId) ?? 0);
    const score = (1 - weights.support) * own + weights.support * whole;
    const cosines = turns.flatMap(({ cosineOf }) => cosineOf(row.id) ?? []);
    return [
      {
        ...row,
        ...place,
        cosine: cosines.length === 0 ? null : Math.max(...cosines),
        coverage: chunk.overall.coverage,
        topicality: near,
        freshness,
        score: score * (isValid ? 1 : weights.expired),
      },
    ];
  });
  return { ranked: ranked.sort((a, b) => b.score - a.score || a.id - b.id), articles };
}

const total = rankFeatures.reduce((sum, name) => sum + rankingWeights[name], 0);

function weightedMean(features: RankFeatures): number {
  return rankFeatures.reduce((sum, name) => sum + rankingWeights[name] * features[name], 0) / total;
}

function nearTopic(row: CandidateRow, { terms, cosineOf }: RankingTopic): number {
  return (Math.max(0, cosineOf(row.id) ?? 0) + coverage(terms, chunkWords(row).about)) / 2;
}

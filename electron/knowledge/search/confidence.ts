import type { AnalysedQuery } from './query.js';
import type { RankedChunk } from './ranking.js';

/** What tells whether the best passage is about the question. All 0 to 1. */
export const confidenceFeatures = [
  'cosine',
  'coverage',
  'known',
  'agreement',
  'margin',
  'topicality',
] as const;
export type ConfidenceFeature = (typeof confidenceFeatures)[number];

/** A logistic regression: `sigmoid(bias + sum of weight * feature)`, answered from at `threshold` or more. */
export interface ConfidenceModel {
  readonly bias: number;
  readonly weights: Readonly<Record<ConfidenceFeature, number>>;
  readonly threshold: number;
}

/** What is measured where nothing was found. */
export const noFeatures: Readonly<Record<ConfidenceFeature, number>> = {
  cosine: 0,
  coverage: 0,
  known: 0,
  agreement: 0,
  margin: 0,
  topicality: 0,
};

/** Looks this far down both rankings for agreement. */
const AGREEMENT_DEPTH = 10;

/**
 * Measures the best passage of a search:
 * - `cosine` of passage and query (0 without embedder);
 * - `coverage`, the part of the query's telling words it holds;
 * - `known`, the part of them any article holds;
 * - `agreement`, how high both searches put it or another passage of its article;
 * - `margin` over the best passage of another article;
 * - `topicality`, how near it is to what the customer is thought to want (0 when nothing is known of that).
 */
export function featuresOf(
  query: AnalysedQuery,
  ranked: readonly RankedChunk[],
): Readonly<Record<ConfidenceFeature, number>> {
  const best = ranked[0];
  if (!best) return noFeatures;
  const rival = ranked.find(({ articleId }) => articleId !== best.articleId);
  const rankOfArticle = (of: 'lexicalRank' | 'denseRank'): number | null => {
    const ranks = ranked.flatMap((chunk) => (chunk.articleId === best.articleId ? (chunk[of] ?? []) : []));
    return ranks.length === 0 ? null : Math.min(...ranks);
  };
  const total = query.terms.reduce((sum, { weight }) => sum + weight, 0);
  const known = query.terms.reduce((sum, { weight, isKnown }) => sum + (isKnown ? weight : 0), 0);
  return {
    cosine: Math.max(0, best.cosine ?? 0),
    coverage: best.coverage,
    known: total === 0 ? 0 : known / total,
    agreement: (closeness(rankOfArticle('lexicalRank')) + closeness(rankOfArticle('denseRank'))) / 2,
    margin: best.score - (rival?.score ?? 0),
    topicality: best.topicality,
  };
}

/** 1 for the first place, 0 from {@link AGREEMENT_DEPTH} on. */
function closeness(rank: number | null): number {
  return rank === null ? 0 : Math.max(0, 1 - (rank - 1) / AGREEMENT_DEPTH);
}

/** The calibrated probability that the passage these features belong to is about the question. */
export function confidenceOf(
  features: Readonly<Record<ConfidenceFeature, number>>,
  model: ConfidenceModel,
): number {
  const sum = confidenceFeatures.reduce(
    (total, name) => total + model.weights[name] * features[name],
    model.bias,
  );
  return 1 / (1 + Math.exp(-sum));
}

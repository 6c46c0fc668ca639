import type { RankFeature } from './rank-features.js';

/**
 * Weights of the re-ranker: a listwise softmax regression without negative weights (ridge 1), fitted on the bank and place questions of docs/retrieval.md
 * and the demo's, each set counting the same; cosine and denseRank then raised by hand for the demo's.
 */
export const rankingWeights: Readonly<Record<RankFeature, number>> = {
  coverage: 1.54,
  turnCoverage: 1.84,
  phrases: 1.83,
  titlePhrases: 0.99,
  titleWords: 1.19,
  titleLetters: 2.8,
  cosine: 5,
  lexicalRank: 1.0,
  denseRank: 1.2,
};

import type { RankFeature } from './rank-features.js';

/**
 * Weights of the re-ranker, fitted on the demo's questions and the sets of docs/retrieval.md, each set counting the same. Written by
 * `CUECARD_FIT_RANKING=BEIR_DIR,BEIR_DIR npx vitest run electron/engine/fit-ranking.test.ts`
 */
export const rankingWeights: Readonly<Record<RankFeature, number>> = {
  coverage: 0.67,
  headings: 1.04,
  turnCoverage: 1.82,
  phrases: 1.29,
  titlePhrases: 0.38,
  titleWords: 0.82,
  titleLetters: 2.33,
  cosine: 3.04,
  titleCosine: 2.79,
  lexicalRank: 1.49,
  denseRank: 0.95,
};

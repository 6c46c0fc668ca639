import type { RankFeature } from './rank-features.js';

/**
 * Weights of the re-ranker, fitted on the demo's questions and the sets of docs/retrieval.md, each set counting the same. Written by
 * `CUECARD_FIT_RANKING=BEIR_DIR,BEIR_DIR npx vitest run electron/engine/fit-ranking.test.ts`
 */
export const rankingWeights: Readonly<Record<RankFeature, number>> = {
  coverage: 0.57,
  headings: 1.1,
  turnCoverage: 1.81,
  phrases: 1.24,
  titlePhrases: 0.37,
  titleWords: 0.9,
  titleLetters: 2.74,
  cosine: 4.07,
  lexicalRank: 1.5,
  denseRank: 1.3,
};

import type { RankFeature } from './rank-features.js';

/**
 * Weights of the re-ranker, fitted on the demo's questions and the sets of docs/retrieval.md, each set counting the same. Written by
 * `CUECARD_FIT_RANKING=BEIR_DIR,BEIR_DIR npx vitest run electron/engine/fit-ranking.test.ts`
 */
export const rankingWeights: Readonly<Record<RankFeature, number>> = {
  coverage: 0.89,
  headings: 1.01,
  turnCoverage: 1.74,
  phrases: 1.33,
  titlePhrases: 0.36,
  titleWords: 0.98,
  titleLetters: 2.72,
  cosine: 4.06,
  lexicalRank: 1.42,
  denseRank: 1.27,
};

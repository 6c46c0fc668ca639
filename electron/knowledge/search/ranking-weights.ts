import type { RankFeature } from './rank-features.js';

/**
 * Weights of the re-ranker, fitted on the demo's questions and the sets of docs/retrieval.md, each set counting the same. Written by
 * `CUECARD_FIT_RANKING=BEIR_DIR,BEIR_DIR npx vitest run electron/engine/fit-ranking.test.ts`
 */
export const rankingWeights: Readonly<Record<RankFeature, number>> = {
  coverage: 1.35,
  turnCoverage: 1.98,
  phrases: 1,
  titlePhrases: 0.52,
  titleWords: 1.04,
  titleLetters: 2.94,
  cosine: 4.06,
  lexicalRank: 1.48,
  denseRank: 1.32,
};

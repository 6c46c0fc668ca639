import type { ConfidenceModel } from './confidence.js';

/**
 * Fitted on the `fit` questions of evals/datasets/retrieval.json and the demo articles. Written by
 * `CUECARD_FIT_SEARCH=1 npx vitest run electron/engine/fit-confidence.test.ts && npx prettier --write electron/knowledge/search/confidence-weights.ts`
 */
export const confidenceModels: Readonly<Record<'hybrid' | 'lexical', ConfidenceModel>> = {
  hybrid: {
    bias: -6.001,
    weights: {
      cosine: 2.754,
      coverage: 2.787,
      known: 1.854,
      agreement: 1.74,
      margin: 1.362,
      topicality: 1.656,
    },
    threshold: 0.408,
  },
  lexical: {
    bias: -4.557,
    weights: { cosine: 0, coverage: 4.197, known: 2.358, agreement: 0.594, margin: 1.31, topicality: 0 },
    threshold: 0.347,
  },
};

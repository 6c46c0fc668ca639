import type { ConfidenceModel } from './confidence.js';

/**
 * Fitted on the `fit` questions of evals/datasets/retrieval.json and the demo articles. Written by
 * `CUECARD_FIT_SEARCH=1 npx vitest run electron/engine/fit-confidence.test.ts && npx prettier --write electron/knowledge/search/confidence-weights.ts`
 */
export const confidenceModels: Readonly<Record<'hybrid' | 'lexical', ConfidenceModel>> = {
  hybrid: {
    bias: -5.825,
    weights: {
      cosine: 3.067,
      coverage: 2.756,
      known: 2.467,
      agreement: 0.573,
      margin: 1.363,
      topicality: 2.552,
    },
    threshold: 0.378,
  },
  lexical: {
    bias: -3.675,
    weights: { cosine: 0, coverage: 2.879, known: 2.777, agreement: -0.467, margin: 2.008, topicality: 0 },
    threshold: 0.412,
  },
};

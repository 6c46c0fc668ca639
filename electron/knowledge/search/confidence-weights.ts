import type { ConfidenceModel } from './confidence.js';

/**
 * Fitted on the `fit` questions of evals/datasets/retrieval.json and the demo articles. Written by
 * `CUECARD_FIT_SEARCH=1 npx vitest run electron/engine/fit-confidence.test.ts && npx prettier --write electron/knowledge/search/confidence-weights.ts`
 */
export const confidenceModels: Readonly<Record<'hybrid' | 'lexical', ConfidenceModel>> = {
  hybrid: {
    bias: -6.027,
    weights: {
      cosine: 3.277,
      coverage: 2.48,
      known: 2.478,
      agreement: 0.829,
      margin: 1.384,
      topicality: 2.551,
    },
    threshold: 0.378,
  },
  lexical: {
    bias: -3.685,
    weights: { cosine: 0, coverage: 2.801, known: 2.801, agreement: -0.491, margin: 2.262, topicality: 0 },
    threshold: 0.404,
  },
};

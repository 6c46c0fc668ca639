import type { ConfidenceModel } from './confidence.js';

/**
 * Fitted on the `fit` questions of evals/datasets/retrieval.json and the demo articles. Written by
 * `CUECARD_FIT_SEARCH=1 npx vitest run electron/engine/fit-confidence.test.ts && npx prettier --write electron/knowledge/search/confidence-weights.ts`
 */
export const confidenceModels: Readonly<Record<'hybrid' | 'lexical', ConfidenceModel>> = {
  hybrid: {
    bias: -5.674,
    weights: {
      cosine: 3.322,
      coverage: 3.005,
      known: 2.112,
      agreement: 0.436,
      margin: 1.435,
      topicality: 2.258,
    },
    threshold: 0.385,
  },
  lexical: {
    bias: -3.607,
    weights: { cosine: 0, coverage: 2.868, known: 2.811, agreement: -0.687, margin: 2.02, topicality: 0 },
    threshold: 0.406,
  },
};

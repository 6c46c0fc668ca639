import type { ConfidenceModel } from './confidence.js';

/**
 * Fitted on the `fit` questions of evals/datasets/retrieval.json and the demo articles. Written by
 * `CUECARD_FIT_SEARCH=1 npx vitest run electron/engine/fit-confidence.test.ts && npx prettier --write electron/knowledge/search/confidence-weights.ts`
 */
export const confidenceModels: Readonly<Record<'hybrid' | 'lexical', ConfidenceModel>> = {
  hybrid: {
    bias: -5.916,
    weights: {
      cosine: 3.212,
      coverage: 2.857,
      known: 2.157,
      agreement: 0.8,
      margin: 1.387,
      topicality: 2.651,
    },
    threshold: 0.384,
  },
  lexical: {
    bias: -4.152,
    weights: { cosine: 0, coverage: 3.286, known: 2.792, agreement: -0.049, margin: 2.107, topicality: 0 },
    threshold: 0.467,
  },
};

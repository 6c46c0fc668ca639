import type { ConfidenceModel } from './confidence.js';

/**
 * Fitted on the `fit` questions of evals/datasets/retrieval.json and the demo articles. Written by
 * `CUECARD_FIT_SEARCH=1 npx vitest run electron/engine/fit-confidence.test.ts && npx prettier --write electron/knowledge/search/confidence-weights.ts`
 */
export const confidenceModels: Readonly<Record<'hybrid' | 'lexical', ConfidenceModel>> = {
  hybrid: {
    bias: -5.989,
    weights: {
      cosine: 2.762,
      coverage: 2.798,
      known: 1.848,
      agreement: 1.721,
      margin: 1.337,
      topicality: 1.656,
    },
    threshold: 0.41,
  },
  lexical: {
    bias: -4.547,
    weights: { cosine: 0, coverage: 4.215, known: 2.334, agreement: 0.622, margin: 1.271, topicality: 0 },
    threshold: 0.347,
  },
};

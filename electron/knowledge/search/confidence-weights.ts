import type { ConfidenceModel } from './confidence.js';

export const confidenceModels: Readonly<Record<'hybrid' | 'lexical', ConfidenceModel>> = {
  hybrid: {
    bias: -4,
    weights: { cosine: 4, coverage: 3, known: 1, agreement: 1, margin: 1 },
    threshold: 0.5,
  },
  lexical: {
    bias: -3,
    weights: { cosine: 0, coverage: 4, known: 1, agreement: 1, margin: 1 },
    threshold: 0.5,
  },
};

import { confidenceFeatures, confidenceOf, type ConfidenceFeature, type ConfidenceModel } from './confidence.js';

/** One search with what it should have been told. */
export interface ConfidenceSample {
  readonly features: Readonly<Record<ConfidenceFeature, number>>;
  /** True when the best passage is about the question. */
  readonly isRight: boolean;
}

const STEPS = 20_000;
const RATE = 0.5;
/** Pulls weights towards zero: there are tens of samples, not thousands. */
const RIDGE = 0.003;

/**
 * Fits the logistic regression of {@link confidenceOf} by gradient descent; right and wrong samples weigh the same in
 * sum. The threshold is the one that parts them best: the highest mean of both hit rates.
 */
export function fitConfidence(samples: readonly ConfidenceSample[]): ConfidenceModel {
  const rightCount = samples.filter(({ isRight }) => isRight).length;
  const share = { right: 0.5 / rightCount, wrong: 0.5 / (samples.length - rightCount) };
  const weights: Record<ConfidenceFeature, number> = { cosine: 0, coverage: 0, known: 0, agreement: 0, margin: 0 };
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    const gradient = { ...weights };
    for (const name of confidenceFeatures) gradient[name] *= RIDGE;
    let biasGradient = 0;
    for (const { features, isRight } of samples) {
      const probability = confidenceOf(features, { bias, weights, threshold: 0 });
      const error = (probability - Number(isRight)) * (isRight ? share.right : share.wrong);
      for (const name of confidenceFeatures) gradient[name] += error * features[name];
      biasGradient += error;
    }
    for (const name of confidenceFeatures) weights[name] -= RATE * gradient[name];
    bias -= RATE * biasGradient;
  }
  const model = { bias, weights, threshold: 0 };
  return { ...model, threshold: bestThreshold(samples.map((sample) => [confidenceOf(sample.features, model), sample.isRight])) };
}

function bestThreshold(scored: readonly (readonly [probability: number, isRight: boolean])[]): number {
  const hitRate = (wanted: boolean, threshold: number): number => {
    const of = scored.filter(([, isRight]) => isRight === wanted);
    return of.filter(([probability]) => probability >= threshold === wanted).length / of.length;
  };
  const sorted = scored.map(([probability]) => probability).sort((a, b) => a - b);
  const between = sorted.slice(1).map((probability, i) => (probability + (sorted[i] ?? probability)) / 2);
  const quality = (threshold: number): number => hitRate(true, threshold) + hitRate(false, threshold);
  return between.reduce((best, threshold) => (quality(threshold) > quality(best) ? threshold : best), 0.5);
}

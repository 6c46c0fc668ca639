import {
  confidenceFeatures,
  confidenceOf,
  type ConfidenceFeature,
  type ConfidenceModel,
} from './confidence.js';

/** One search with what it should have been told. */
export interface ConfidenceSample {
  readonly features: Readonly<Record<ConfidenceFeature, number>>;
  /** True when the best passage is about the question. */
  readonly isRight: boolean;
  /** True when any article answers the question, also when the search did not put it first. */
  readonly hasAnswer: boolean;
}

const STEPS = 20_000;
const RATE = 0.5;
/** Pulls weights towards zero: there are tens of samples, not thousands. */
const RIDGE = 0.003;

/**
 * Fits the logistic regression of {@link confidenceOf} by gradient descent; right and wrong samples weigh the same in
 * sum. The threshold is the lowest that keeps back four of five questions without an answer.
 */
export function fitConfidence(samples: readonly ConfidenceSample[]): ConfidenceModel {
  const rightCount = samples.filter(({ isRight }) => isRight).length;
  const share = { right: 0.5 / rightCount, wrong: 0.5 / (samples.length - rightCount) };
  const weights: Record<ConfidenceFeature, number> = {
    cosine: 0,
    coverage: 0,
    known: 0,
    agreement: 0,
    margin: 0,
    topicality: 0,
  };
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
  const scored = samples.map(
    ({ features, hasAnswer }) => [confidenceOf(features, model), hasAnswer] as const,
  );
  return { ...model, threshold: thresholdOf(scored) };
}

/** A rep sees at once that a passage is off, but a reply made from it costs trust. */
const KEPT_BACK = 0.8;

/** The lowest threshold that keeps back {@link KEPT_BACK} of the questions without an answer. */
function thresholdOf(scored: readonly (readonly [probability: number, hasAnswer: boolean])[]): number {
  const without = scored.flatMap(([probability, hasAnswer]) => (hasAnswer ? [] : [probability]));
  return without.toSorted((a, b) => a - b)[Math.ceil(without.length * KEPT_BACK)] ?? 0.5;
}

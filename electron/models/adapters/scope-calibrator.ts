/** Weights of a binary logistic regression over standardised features. */
export interface ScopeCalibrator {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

export interface ScopeSample {
  readonly features: readonly number[];
  readonly isInScope: boolean;
}

/** Off-topic messages are assumed to be every fifth: rarer than in the examples would suggest, never so rare that none is caught. */
const OFF_TOPIC_SHARE = 0.2;
const ITERATIONS = 600;
const RATE = 0.5;
const L2 = 0.01;

/**
 * Fits P(any intent fits | features) by logistic regression, both groups weighted to {@link OFF_TOPIC_SHARE} whatever
 * their sizes. The samples must come from models that have not seen them (cross-validation), or the result is overconfident.
 */
export function fitScopeCalibrator(samples: readonly ScopeSample[]): ScopeCalibrator {
  const width = samples[0]?.features.length ?? 0;
  const columns = Array.from({ length: width }, (_, f) => samples.map(({ features }) => features[f] ?? 0));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const deviations = columns.map((column, f) => {
    const squares = column.reduce((sum, value) => sum + (value - (means[f] ?? 0)) ** 2, 0);
    return Math.sqrt(squares / column.length) || 1;
  });
  const inScopeCount = samples.filter(({ isInScope }) => isInScope).length;
  const inWeight = (1 - OFF_TOPIC_SHARE) / Math.max(1, inScopeCount);
  const outWeight = OFF_TOPIC_SHARE / Math.max(1, samples.length - inScopeCount);

  const weights = new Array<number>(width).fill(0);
  let bias = 0;
  const rows = samples.map(({ features }) => standardise(features, means, deviations));
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const gradient = weights.map((weight) => L2 * weight);
    let biasGradient = 0;
    samples.forEach(({ isInScope }, i) => {
      const row = rows[i] ?? [];
      const error =
        (logistic(bias + dot(weights, row)) - Number(isInScope)) * (isInScope ? inWeight : outWeight);
      biasGradient += error;
      row.forEach((value, f) => (gradient[f] = (gradient[f] ?? 0) + error * value));
    });
    bias -= RATE * biasGradient;
    gradient.forEach((slope, f) => (weights[f] = (weights[f] ?? 0) - RATE * slope));
  }
  return { means, deviations, weights, bias };
}

/** The calibrated probability, 0 to 1, that a text with these features is one the team has an intent for. */
export function scopeProbability(calibrator: ScopeCalibrator, features: readonly number[]): number {
  const row = standardise(features, calibrator.means, calibrator.deviations);
  return logistic(calibrator.bias + dot(calibrator.weights, row));
}

function standardise(
  features: readonly number[],
  means: readonly number[],
  deviations: readonly number[],
): number[] {
  return features.map((value, f) => (value - (means[f] ?? 0)) / (deviations[f] ?? 1));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** Weights of a binary logistic regression over standardised features. */
export interface ScopeCalibrator {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

/** What a sample stands for: a text with an intent, one the team or everybody calls off-topic, one whose intent was left out of training. */
export type ScopeKind = 'in_scope' | 'off_topic' | 'left_out';

export interface ScopeSample {
  readonly features: readonly number[];
  readonly kind: ScopeKind;
}

/** How much of the traffic is assumed to be none of the intents. */
export interface ScopeShares {
  /** Of all messages, 0 to 1. */
  readonly offTopic: number;
  /** Of those, what an intent that was left out stands for; the rest are texts known to be off-topic. */
  readonly leftOut: number;
}

/** Nobody said what off-topic messages are: every fifth, and half of them close to the team's trade. */
const UNKNOWN_TRAFFIC: ScopeShares = { offTopic: 0.2, leftOut: 0.5 };
/** Below it nearly nothing is caught, above it too much of the traffic is refused (CLINC150, validation part). */
const LEAST_OFF_TOPIC = 0.06;
/** The team's own list says what is off-topic better than its intents do. */
const LEFT_OUT_BESIDE_A_LIST = 0.1;

/** The shares for a team with so many examples and, of its own, so many off-topic texts; 0 when it has no list to go by. */
export function scopeShares(examples: number, listed: number): ScopeShares {
  if (listed === 0) return UNKNOWN_TRAFFIC;
  const share = listed / (examples + listed);
  return {
    offTopic: Math.min(UNKNOWN_TRAFFIC.offTopic, Math.max(LEAST_OFF_TOPIC, share)),
    leftOut: LEFT_OUT_BESIDE_A_LIST,
  };
}

const ITERATIONS = 600;
const RATE = 0.5;
const L2 = 0.01;

/**
 * Fits P(any intent fits | features) by logistic regression, every kind of sample weighted to its share whatever their number. The samples must come
 * from models that have not seen them, or the result is overconfident.
 */
export async function fitScopeCalibrator(
  samples: readonly ScopeSample[],
  shares: ScopeShares,
  pause: () => Promise<void>,
): Promise<ScopeCalibrator> {
  const width = samples[0]?.features.length ?? 0;
  const columns = Array.from({ length: width }, (_, f) => samples.map(({ features }) => features[f] ?? 0));
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const deviations = columns.map((column, f) => {
    const squares = column.reduce((sum, value) => sum + (value - (means[f] ?? 0)) ** 2, 0);
    return Math.sqrt(squares / column.length) || 1;
  });
  const weightOf = weightsByKind(samples, shares);
  const weights = new Array<number>(width).fill(0);
  let bias = 0;
  const rows = samples.map(({ features }) => standardise(features, means, deviations));
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    await pause();
    const gradient = weights.map((weight) => L2 * weight);
    let biasGradient = 0;
    samples.forEach(({ kind }, i) => {
      const row = rows[i] ?? [];
      const error = (logistic(bias + dot(weights, row)) - Number(kind === 'in_scope')) * weightOf[kind];
      biasGradient += error;
      for (let f = 0; f < width; f++) gradient[f] = (gradient[f] ?? 0) + error * (row[f] ?? 0);
    });
    bias -= RATE * biasGradient;
    gradient.forEach((slope, f) => (weights[f] = (weights[f] ?? 0) - RATE * slope));
  }
  return { means, deviations, weights, bias };
}

function weightsByKind(samples: readonly ScopeSample[], shares: ScopeShares): Record<ScopeKind, number> {
  const count = (wanted: ScopeKind): number => samples.filter(({ kind }) => kind === wanted).length;
  const [offTopic, leftOut] = [count('off_topic'), count('left_out')];
  const leftOutShare = leftOut === 0 ? 0 : offTopic === 0 ? 1 : shares.leftOut;
  return {
    in_scope: (1 - shares.offTopic) / Math.max(1, count('in_scope')),
    off_topic: (shares.offTopic * (1 - leftOutShare)) / Math.max(1, offTopic),
    left_out: (shares.offTopic * leftOutShare) / Math.max(1, leftOut),
  };
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
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

import { createSeededRandom, shuffledOrder } from './seeded-random.js';

/** The numbers of one text that are not zero; `indices[k]` says which feature `values[k]` belongs to. */
export interface SparseRow {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** Weights feature by feature (`weights[feature * classes + class]`), so that one feature touches one run of memory. */
export interface LinearModel {
  readonly classes: number;
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

export interface SoftmaxTraining {
  readonly rows: readonly SparseRow[];
  /** The class of each row, 0 to `classes - 1`. */
  readonly labels: Int32Array;
  readonly classes: number;
  readonly features: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** Weight of the squared length of the weights, per example. */
  readonly l2: number;
  readonly seed: number;
  /** Called every few examples; may wait so that others get their turn. */
  readonly pause: () => Promise<void>;
}

const EXAMPLES_PER_SLICE = 16;
/** The bias sees a value of 1 where every other feature is a small part of a unit vector, so it learns more slowly. */
const BIAS_RATE = 0.1;

/** A row that has every number of a vector. */
export function denseRow(vector: Float32Array): SparseRow {
  return { indices: Int32Array.from({ length: vector.length }, (_, i) => i), values: vector };
}

/**
 * Multinomial logistic regression by stochastic gradient descent: one example at a time in seeded random order, the
 * step falling linearly to zero, weight decay kept as one running factor instead of a pass over all weights.
 * Takes a time proportional to the non-zero numbers times classes times epochs.
 */
export async function trainSoftmaxRegression(training: SoftmaxTraining): Promise<LinearModel> {
  const { rows, labels, classes, features, epochs, learningRate, l2, seed, pause } = training;
  const model = { classes, weights: new Float32Array(features * classes), bias: new Float32Array(classes) };
  const gradient = new Float64Array(classes);
  const random = createSeededRandom(seed);
  const steps = epochs * rows.length;
  let scale = 1;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const at of shuffledOrder(rows.length, random)) {
      if (step % EXAMPLES_PER_SLICE === 0) await pause();
      const row = rows[at];
      const label = labels[at];
      if (!row || label === undefined) continue;
      const rate = learningRate * (1 - step / steps);
      step++;
      scoreInto(gradient, model, row, scale);
      softmaxInPlace(gradient);
      gradient[label] = (gradient[label] ?? 0) - 1;
      scale *= 1 - rate * l2;
      descend(model, row, gradient, rate, scale);
    }
  }
  for (let i = 0; i < model.weights.length; i++) model.weights[i] = (model.weights[i] ?? 0) * scale;
  return model;
}

/** The class probabilities of one row; they sum to 1. */
export function softmaxOf(model: LinearModel, row: SparseRow): Float64Array {
  const scores = new Float64Array(model.classes);
  scoreInto(scores, model, row, 1);
  softmaxInPlace(scores);
  return scores;
}

// The two loops below run a hundred million times in training; indices are in range by construction.
/* eslint-disable @typescript-eslint/no-non-null-assertion */
function scoreInto(
  scores: Float64Array,
  { classes, weights, bias }: LinearModel,
  row: SparseRow,
  scale: number,
): void {
  const { indices, values } = row;
  scores.fill(0);
  for (let k = 0; k < indices.length; k++) {
    const value = values[k]!;
    const base = indices[k]! * classes;
    for (let c = 0; c < classes; c++) scores[c]! += value * weights[base + c]!;
  }
  for (let c = 0; c < classes; c++) scores[c] = scores[c]! * scale + bias[c]!;
}

function descend(
  model: LinearModel,
  row: SparseRow,
  gradient: Float64Array,
  rate: number,
  scale: number,
): void {
  const { classes, weights, bias } = model;
  const { indices, values } = row;
  for (let k = 0; k < indices.length; k++) {
    const step = (rate / scale) * values[k]!;
    const base = indices[k]! * classes;
    for (let c = 0; c < classes; c++) weights[base + c]! -= step * gradient[c]!;
  }
  for (let c = 0; c < classes; c++) bias[c]! -= rate * BIAS_RATE * gradient[c]!;
}
/* eslint-enable @typescript-eslint/no-non-null-assertion */

function softmaxInPlace(scores: Float64Array): void {
  let highest = -Infinity;
  for (const score of scores) highest = Math.max(highest, score);
  let sum = 0;
  for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp((scores[c] ?? 0) - highest);
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] ?? 0) / sum;
}

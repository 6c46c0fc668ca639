import { invertSmall } from './cholesky.js';
import type { NgramCounts } from './hashed-ngrams.js';
import { probabilitiesOf, type KernelModel, type TextReading } from './kernel-model.js';
import { matrixOf, multiply, rowsOf, type Matrix } from './matrix.js';
import type { ScopeKind, ScopeSample } from './scope-calibrator.js';
import { scopeFeatures, type Ignored, type ScopeReference } from './scope-features.js';
import { targetsOf, type TrainedKernelModel } from './train-kernel-model.js';

/** What a model that never saw the text says of it. */
export interface HeldOutResult extends ScopeSample {
  readonly text: string;
  readonly label: number;
  /** Per intent, before calibration. */
  readonly probabilities: Float64Array;
}

/** With fewer intents a text whose intent is left out has nothing to be mistaken for. */
const MIN_INTENTS_TO_LEAVE_ONE_OUT = 3;

/**
 * What the model would say of each judged example had it not learned from it, and, where all of an intent is judged, had it never heard of that intent:
 * such texts belong to the team's trade and to none of its intents, which is what live traffic holds (Arora et al. 2020, HINT3). Both are exact and need no
 * second training: with weights a and inverse B of kernel and ridge, the examples S are missed by B(S,S)^-1 a(S) (Rifkin and Lippert 2007, Notes on
 * Regularized Least Squares).
 */
export async function heldOutResults(
  trained: TrainedKernelModel,
  reference: ScopeReference,
  pause: () => Promise<void>,
): Promise<HeldOutResult[]> {
  const { model, texts, corner } = trained;
  const { intents, labels, weights } = model;
  const first = texts.length - corner.rows;
  const targets = targetsOf(labels, weights.columns);
  const results: HeldOutResult[] = [];

  const leftOut = await missedWithoutIntent(trained, first, pause);
  for (let example = first; example < texts.length; example++) {
    const text = texts[example];
    if (!text || text.isAlwaysLearned) continue;
    const closeness = await closenessOf(model, text.ngrams, example);
    const target = rowsOf(targets, example, example + 1).data;
    const judge = (missed: Float32Array, ignored: Ignored, kind: ScopeKind): void => {
      const scores = target.map((value, c) => value - (missed[c] ?? 0));
      if (kind === 'left_out') scores[text.label] = -1;
      results.push({
        text: text.text,
        label: text.label,
        kind,
        probabilities: probabilitiesOf(scores, intents),
        features: scopeFeatures(reference, text.text, { scores, ...closeness }, ignored),
      });
    };
    const share = corner.data[(example - first) * (corner.rows + 1)] ?? 1;
    const missed = rowsOf(weights, example, example + 1).data.map((weight) => weight / share);
    judge(missed, { example }, text.label < intents ? 'in_scope' : 'off_topic');
    const missedWithout = leftOut.get(example);
    if (missedWithout) judge(missedWithout, { intent: text.label }, 'left_out');
    await pause();
  }
  return results;
}

/** By example what is missed of it without its intent, where all of the intent is judged. */
async function missedWithoutIntent(
  { model, corner }: TrainedKernelModel,
  first: number,
  pause: () => Promise<void>,
): Promise<Map<number, Float32Array>> {
  const { intents, labels, weights } = model;
  const missed = new Map<number, Float32Array>();
  if (intents < MIN_INTENTS_TO_LEAVE_ONE_OUT) return missed;
  for (let intent = 0; intent < intents; intent++) {
    const own = [...labels.keys()].filter((example) => labels[example] === intent);
    if (own.length === 0 || own.some((example) => example < first)) continue;
    const rows = await missedWithout(own, first, corner, weights);
    own.forEach((example, at) => missed.set(example, rowsOf(rows, at, at + 1).data));
    await pause();
  }
  return missed;
}

async function missedWithout(
  examples: readonly number[],
  first: number,
  corner: Matrix,
  weights: Matrix,
): Promise<Matrix> {
  const block = matrixOf(examples.length, examples.length);
  const own = matrixOf(examples.length, weights.columns);
  examples.forEach((row, r) => {
    own.data.set(rowsOf(weights, row, row + 1).data, r * own.columns);
    examples.forEach((column, c) => {
      block.data[r * block.columns + c] = corner.data[(row - first) * corner.columns + column - first] ?? 0;
    });
  });
  return multiply(await invertSmall(block), own);
}

async function closenessOf(
  { points, index, vocabulary }: KernelModel,
  ngrams: NgramCounts,
  example: number,
): Promise<Pick<TextReading, 'meaning' | 'wording'>> {
  const wording = new Float32Array(index.size);
  index.dots(vocabulary.rowOf(ngrams), wording);
  const meaning = await multiply(rowsOf(points, example, example + 1), points, { turnsB: true });
  return { meaning: meaning.data, wording };
}

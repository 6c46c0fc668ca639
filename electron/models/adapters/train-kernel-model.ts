import { factorise, inverseCorner, solve, type BlockSource } from './cholesky.js';
import { learnDenseView, pointsOf } from './dense-view.js';
import { learnVocabulary, type SparseRow } from './hashed-ngrams.js';
import { kernelOf, type KernelModel, type TextFeatures } from './kernel-model.js';
import { matrixOf, multiply, rowsOf, type Matrix } from './matrix.js';
import { createNgramIndex, type NgramIndex } from './ngram-index.js';
import { createSeededRandom, shuffledOrder } from './seeded-random.js';

/** A text the classifier learns from. Intent names and descriptions are `isAlwaysLearned`: nothing is judged by them. */
export interface TrainingText extends TextFeatures {
  /** The class after the last intent stands for "none of them". */
  readonly label: number;
  readonly isAlwaysLearned: boolean;
}

export interface TrainedKernelModel {
  readonly model: KernelModel;
  /** The examples in the model's order. */
  readonly texts: readonly TrainingText[];
  /** Lower right corner of the inverse of kernel and ridge, for {@link KernelModel.weights} of the last examples: what held-out results come from. */
  readonly corner: Matrix;
}

/** Weight of the squared norm against the squared errors; 0.05 to 0.2 are level. */
const RIDGE = 0.1;
/** Examples that are judged by what the others say of them; beyond it more would not change the calibration. */
const JUDGED = 1024;
/** Whole intents among the judged, so that a text can be judged as if its intent did not exist. */
const JUDGED_IN_WHOLE_INTENTS = 400;
const JUDGED_OFF_TOPIC = 200;
/** With this many texts n-grams seen once are left out: they cost memory and no longer help. */
const MANY_TEXTS = 3000;
const SEED = 20_240_517;

/**
 * Learns the weights exactly, by a Cholesky factorisation of the kernel matrix: n^3 / 3 operations and 2 n^2 bytes, freed afterwards. The same texts in
 * the same order give the same model.
 */
export async function trainKernelModel(
  given: readonly TrainingText[],
  intents: number,
  dimensions: number,
  pause: () => Promise<void>,
): Promise<TrainedKernelModel> {
  const { texts, judged } = arrange(given, intents);
  const vocabulary = learnVocabulary(
    texts.map(({ ngrams }) => ngrams),
    texts.length >= MANY_TEXTS ? 2 : 1,
  );
  const rows: SparseRow[] = [];
  for (const { ngrams } of texts) {
    rows.push(vocabulary.rowOf(ngrams));
    await pause();
  }
  const vectors = texts.map(({ vector }) => vector);
  const view = await learnDenseView(vectors, dimensions, pause);
  const points = await pointsOf(view, vectors);
  const index = createNgramIndex(rows, vocabulary.buckets.length);
  const source = kernelBlocks(points, rows, index, pause);
  const factor = await factorise(texts.length, source, pause);
  const labels = Int32Array.from(texts, ({ label }) => label);
  const weights = await solve(factor, targetsOf(labels, intents + 1));
  const corner = await inverseCorner(factor, judged, pause);
  return { model: { intents, labels, view, points, vocabulary, index, weights }, texts, corner };
}

/** Per example 1 for its class, less the mean over classes, so that nothing near means no score. */
export function targetsOf(labels: Int32Array, classes: number): Matrix {
  const targets = matrixOf(labels.length, classes);
  targets.data.fill(-1 / classes);
  labels.forEach((label, row) => (targets.data[row * classes + label] = 1 - 1 / classes));
  return targets;
}

function kernelBlocks(
  points: Matrix,
  rows: readonly SparseRow[],
  index: NgramIndex,
  pause: () => Promise<void>,
): BlockSource {
  let firstRow = -1;
  let wording = matrixOf(0, 0);
  /** All columns of a block of rows at once: the index is walked from its end, and blocks come row by row. */
  const readWording = async (start: number, end: number): Promise<void> => {
    firstRow = start;
    wording = matrixOf(end - start, index.size - start);
    for (let row = start; row < end; row++) {
      const own = rows[row];
      if (own) index.dots(own, rowsOf(wording, row - start, row - start + 1).data, start);
      await pause();
    }
  };
  return async ([top, bottom], [left, right]) => {
    if (firstRow !== top) await readWording(top, bottom);
    const block = await multiply(rowsOf(points, top, bottom), rowsOf(points, left, right), { turnsB: true });
    for (let row = top; row < bottom; row++) {
      const wordingRow = rowsOf(wording, row - top, row - top + 1).data;
      const blockRow = rowsOf(block, row - top, row - top + 1).data;
      for (let column = left; column < right; column++) {
        const at = column - left;
        blockRow[at] =
          kernelOf(blockRow[at] ?? 0, wordingRow[column - top] ?? 0) + (row === column ? RIDGE : 0);
      }
    }
    await pause();
    return block;
  };
}

/** Texts in seeded random order, those to be judged last. */
function arrange(
  given: readonly TrainingText[],
  intents: number,
): { readonly texts: TrainingText[]; readonly judged: number } {
  const order = [...shuffledOrder(given.length, createSeededRandom(SEED))].flatMap((at) => given[at] ?? []);
  if (given.length <= JUDGED) return { texts: order, judged: order.length };
  const judged = new Set<TrainingText>();
  const take = (texts: readonly TrainingText[], most: number): void => {
    for (const text of texts.slice(0, most)) judged.add(text);
  };
  take(
    order.filter(({ label }) => label === intents),
    JUDGED_OFF_TOPIC,
  );
  const offTopic = judged.size;
  for (const intent of shuffledOrder(intents, createSeededRandom(SEED))) {
    const whole = order.filter(({ label }) => label === intent);
    if (judged.size - offTopic + whole.length <= JUDGED_IN_WHOLE_INTENTS) take(whole, whole.length);
  }
  take(
    order.filter((text) => !judged.has(text)),
    JUDGED - judged.size,
  );
  return { texts: [...order.filter((text) => !judged.has(text)), ...judged], judged: judged.size };
}

import { hashedNgrams, learnVocabulary, type NgramCounts, type NgramVocabulary } from './hashed-ngrams.js';
import { denseRow, softmaxOf, trainSoftmaxRegression, type LinearModel } from './softmax-regression.js';

/** A text in the two forms the model reads. */
export interface TextFeatures {
  readonly vector: Float32Array;
  readonly ngrams: NgramCounts;
}

/** A text with its class; the class after the last intent stands for "none of them". */
export interface LabelledText extends TextFeatures {
  readonly label: number;
}

/** Two linear models over the same classes: the intents, and last one for "none of them". */
export interface MixedModel {
  readonly intents: number;
  readonly dense: LinearModel;
  readonly sparse: LinearModel;
  readonly vocabulary: NgramVocabulary;
}

/** What the two models say of a text, before calibration. */
export interface MixedScores {
  /** Per intent, summing to 1. */
  readonly probabilities: Float64Array;
  /** Share the dense model gives to "none of them"; the sparse one's added nothing in cross-validation. */
  readonly none: number;
}

/** Equal shares were best on the demo team and on two published few-shot sets (10 examples an intent). */
const DENSE_SHARE = 0.5;
const DENSE = { epochs: 15, learningRate: 12, l2: 1e-4 };
const SPARSE = { epochs: 10, learningRate: 15, l2: 1e-4 };
const SEED = 20_240_517;
/** With this many texts n-grams seen once are left out: they cost memory and no longer help. */
const MANY_TEXTS = 3000;

/**
 * Trains both regressions. Texts of the "none" class must be labelled `intents`.
 * Deterministic for the same texts in the same order.
 */
export async function trainMixedModel(
  texts: readonly LabelledText[],
  intents: number,
  pause: () => Promise<void>,
): Promise<MixedModel> {
  const labels = Int32Array.from(texts, ({ label }) => label);
  const vocabulary = learnVocabulary(
    texts.map(({ ngrams }) => ngrams),
    texts.length >= MANY_TEXTS ? 2 : 1,
  );
  const shared = { labels, classes: intents + 1, seed: SEED, pause };
  const dense = await trainSoftmaxRegression({
    ...shared,
    ...DENSE,
    rows: texts.map(({ vector }) => denseRow(vector)),
    features: texts[0]?.vector.length ?? 0,
  });
  const sparse = await trainSoftmaxRegression({
    ...shared,
    ...SPARSE,
    rows: texts.map(({ ngrams }) => vocabulary.rowOf(ngrams)),
    features: vocabulary.buckets.length,
  });
  return { intents, dense, sparse, vocabulary };
}

/** What the trained models say of one text. */
export function scoreText(model: MixedModel, { vector, ngrams }: TextFeatures): MixedScores {
  const { intents } = model;
  const dense = softmaxOf(model.dense, denseRow(vector));
  const sparse = softmaxOf(model.sparse, model.vocabulary.rowOf(ngrams));
  const denseNone = dense[intents] ?? 0;
  const sparseNone = sparse[intents] ?? 0;
  const probabilities = new Float64Array(intents);
  for (let c = 0; c < intents; c++) {
    const d = (dense[c] ?? 0) / (1 - denseNone || 1);
    const s = (sparse[c] ?? 0) / (1 - sparseNone || 1);
    probabilities[c] = DENSE_SHARE * d + (1 - DENSE_SHARE) * s;
  }
  return { probabilities, none: denseNone };
}

/** The features of texts whose vectors are known. */
export function featuresOf(text: string, vector: Float32Array): TextFeatures {
  return { vector, ngrams: hashedNgrams(text) };
}

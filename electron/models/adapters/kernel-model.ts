import { pointsOf, type DenseView } from './dense-view.js';
import { hashedNgrams, type NgramCounts, type NgramVocabulary } from './hashed-ngrams.js';
import { matrixOf, multiply, rowsOf, type Matrix } from './matrix.js';
import type { NgramIndex } from './ngram-index.js';

/** A text in the two forms the model reads. */
export interface TextFeatures {
  readonly text: string;
  /** As the embedder gave it, with its deep numbers where it has them. */
  readonly vector: Float32Array;
  readonly ngrams: NgramCounts;
}

/**
 * Ridge regression in the space of a kernel, one-against-all targets: a text's score for an intent is a sum over all examples of how close the text
 * is to it times what was learned of the example (Saunders, Gammerman and Vovk 1998; Rifkin and Klautau 2004 on one-against-all).
 */
export interface KernelModel {
  readonly intents: number;
  /** The class of each example; the one after the last intent is "none of them". */
  readonly labels: Int32Array;
  readonly view: DenseView;
  /** One row per example. */
  readonly points: Matrix;
  readonly vocabulary: NgramVocabulary;
  readonly index: NgramIndex;
  /** One row per example, one column per class. */
  readonly weights: Matrix;
}

/** What the model says of a text, and how close the text is to each example. */
export interface TextReading {
  /** About 1 for the class of a text like its examples, about 0 for all when nothing is near; one number per class. */
  readonly scores: Float32Array;
  readonly meaning: Float32Array;
  readonly wording: Float32Array;
}

/** How fast closeness falls with the dot product of two points, and with that of two rows of n-grams. */
const MEANING_GAIN = 3;
const WORDING_GAIN = 1.5;

/**
 * The kernel: exp(3 (p.q - 1)) over points plus exp(1.5 (n.m - 1)) over n-grams. A sum of both was better than their product and than two
 * models mixed (docs/intents.md).
 */
export function kernelOf(meaning: number, wording: number): number {
  return fallOf(meaningFall, meaning) + fallOf(wordingFall, wording);
}

/** Steps of the tables from -1 to 1; between two a straight line is off by less than a millionth. */
const STEPS = 2048;

const meaningFall = tableOf(MEANING_GAIN);
const wordingFall = tableOf(WORDING_GAIN);

function tableOf(gain: number): Float64Array {
  return Float64Array.from({ length: STEPS + 2 }, (_, i) => Math.exp(gain * ((2 * i) / STEPS - 2)));
}

/** A training of 10,000 examples asks a hundred million times; Math.exp would take most of its time. */
function fallOf(table: Float64Array, closeness: number): number {
  const place = Math.min(STEPS, Math.max(0, (closeness + 1) * (STEPS / 2)));
  const step = Math.floor(place);
  const low = table[step] ?? 0;
  return low + (place - step) * ((table[step + 1] ?? 0) - low);
}

/** Reads texts with a trained model; a few together cost little more than one. */
export async function readTexts(model: KernelModel, forms: readonly TextFeatures[]): Promise<TextReading[]> {
  const { view, points, vocabulary, index, weights } = model;
  const meaning = await multiply(
    await pointsOf(
      view,
      forms.map(({ vector }) => vector),
    ),
    points,
    { turnsB: true },
  );
  const wording = matrixOf(forms.length, index.size);
  const kernel = matrixOf(forms.length, index.size);
  forms.forEach(({ ngrams }, f) => {
    const row = rowsOf(wording, f, f + 1).data;
    index.dots(vocabulary.rowOf(ngrams), row);
  });
  for (let i = 0; i < kernel.data.length; i++)
    kernel.data[i] = kernelOf(meaning.data[i] ?? 0, wording.data[i] ?? 0);
  const scores = await multiply(kernel, weights);
  return forms.map((_, f) => ({
    scores: rowsOf(scores, f, f + 1).data,
    meaning: rowsOf(meaning, f, f + 1).data,
    wording: rowsOf(wording, f, f + 1).data,
  }));
}

/** Scores differ by some tenths where the model is sure; before calibration this makes probabilities of them. */
const SHARPNESS = 10;

/** Per intent, summing to 1, before calibration. */
export function probabilitiesOf(scores: Float32Array, intents: number): Float64Array {
  const own = Float64Array.from(scores.subarray(0, intents));
  const highest = own.reduce((best, score) => Math.max(best, score), -Infinity);
  const powers = own.map((score) => Math.exp(SHARPNESS * (score - highest)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The features of a text whose vector is known. */
export function featuresOf(text: string, vector: Float32Array): TextFeatures {
  return { text, vector, ngrams: hashedNgrams(text) };
}

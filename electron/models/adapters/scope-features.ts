import { wordsOf } from './hashed-ngrams.js';
import type { MixedScores, TextFeatures } from './mixed-model.js';

/** A text the model learned from and its vector; "none of them" carries the label after the last intent. */
export interface ReferenceText {
  readonly text: string;
  readonly vector: Float32Array;
  readonly label: number;
}

/** What the scope features compare a text with. */
export interface ScopeReference {
  readonly intents: number;
  readonly texts: readonly ReferenceText[];
  readonly centroids: readonly Float32Array[];
  /** Words of the intents' examples. */
  readonly knownWords: ReadonlySet<string>;
}

/** Texts of "none of them" carry the label `intents`. */
export function createScopeReference(texts: readonly ReferenceText[], intents: number): ScopeReference {
  const ofIntents = texts.filter(({ label }) => label < intents);
  const knownWords = new Set(ofIntents.flatMap(({ text }) => wordsOf(text)));
  return { intents, texts, knownWords, centroids: centroidsOf(texts, intents) };
}

function centroidsOf(texts: readonly ReferenceText[], intents: number): Float32Array[] {
  const width = texts[0]?.vector.length ?? 0;
  const sums = Array.from({ length: intents }, () => new Float32Array(width));
  for (const { vector, label } of texts) {
    const sum = sums[label];
    if (sum) vector.forEach((value, d) => (sum[d] = (sum[d] ?? 0) + value));
  }
  return sums.map((sum) => {
    const length = Math.hypot(...sum) || 1;
    return sum.map((value) => value / length);
  });
}

/**
 * The eight numbers the scope calibrator decides by: highest probability and its lead, what the dense model gives to
 * "none", cosines with the nearest example, the best centroid and the nearest off-topic example, how many of its words
 * the team's examples know, and its length.
 */
export function scopeFeatures(
  reference: ScopeReference,
  text: string,
  form: TextFeatures,
  scores: MixedScores,
): number[] {
  const [first = 0, second = 0] = [...scores.probabilities].sort((a, b) => b - a);
  let nearest = 0;
  let nearestOffTopic = 0;
  for (const { vector, label } of reference.texts) {
    const cosine = dot(vector, form.vector);
    if (label < reference.intents) nearest = Math.max(nearest, cosine);
    else nearestOffTopic = Math.max(nearestOffTopic, cosine);
  }
  const centroid = reference.centroids.reduce((best, vector) => Math.max(best, dot(vector, form.vector)), 0);
  const words = wordsOf(text).filter((word) => word !== '?');
  const known = words.filter((word) => reference.knownWords.has(word)).length;
  return [
    first,
    first - second,
    logOdds(scores.none),
    nearest,
    centroid,
    nearestOffTopic,
    words.length === 0 ? 0 : known / words.length,
    Math.log(1 + words.length),
  ];
}

function logOdds(share: number): number {
  const bounded = Math.min(1 - 1e-6, Math.max(1e-6, share));
  return Math.log(bounded / (1 - bounded));
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

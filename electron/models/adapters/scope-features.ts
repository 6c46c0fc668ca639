import { wordsOf } from './hashed-ngrams.js';
import { probabilitiesOf, type TextReading } from './kernel-model.js';

/** What the scope features know of the examples besides the model. */
export interface ScopeReference {
  readonly intents: number;
  /** The class of each example; the one after the last intent is "none of them". */
  readonly labels: Int32Array;
  /** In how many of an intent's examples a word occurs, by word and intent. */
  readonly words: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

/** Examples to look away from: the text itself, or all of its intent. */
export type Ignored = { readonly example: number } | { readonly intent: number } | null;

const NEAREST = 3;

export function createScopeReference(
  texts: readonly { readonly text: string; readonly label: number }[],
  intents: number,
): ScopeReference {
  const words = new Map<string, Map<number, number>>();
  for (const { text, label } of texts) {
    if (label >= intents) continue;
    for (const word of new Set(wordsOf(text))) {
      const byIntent = words.get(word) ?? new Map<number, number>();
      words.set(word, byIntent.set(label, (byIntent.get(label) ?? 0) + 1));
    }
  }
  return { intents, labels: Int32Array.from(texts, ({ label }) => label), words };
}

/**
 * The numbers the scope calibrator decides by: the highest score, its lead, what "none of them" scores, how probable the best intent is against the
 * others; how close in meaning the nearest example, the nearest three and the nearest off-topic one are, and the nearest in wording; how many of the words the
 * team's examples know, and how many there are.
 */
export function scopeFeatures(
  reference: ScopeReference,
  text: string,
  { scores, meaning, wording }: TextReading,
  ignored: Ignored = null,
): number[] {
  const { intents, labels } = reference;
  let [first, second] = [-Infinity, -Infinity];
  for (let c = 0; c < intents; c++) {
    const score = scores[c] ?? 0;
    if (score > first) [first, second] = [score, first];
    else if (score > second) second = score;
  }
  const best = probabilitiesOf(scores, intents).reduce((highest, value) => Math.max(highest, value), 0);
  const nearest = new Array<number>(NEAREST).fill(0);
  let [nearestOffTopic, nearestWording] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? 0;
    if (ignored !== null && ('example' in ignored ? i === ignored.example : label === ignored.intent))
      continue;
    const value = meaning[i] ?? 0;
    if (label >= intents) {
      nearestOffTopic = Math.max(nearestOffTopic, value);
      continue;
    }
    nearestWording = Math.max(nearestWording, wording[i] ?? 0);
    if (value > (nearest[NEAREST - 1] ?? 0)) insert(nearest, value);
  }
  const words = wordsOf(text).filter((word) => word !== '?');
  const known = words.filter((word) => isKnown(reference, word, ignored)).length;
  return [
    first,
    intents > 1 ? first - second : first,
    scores[intents] ?? 0,
    best,
    nearest[0] ?? 0,
    nearest.reduce((sum, value) => sum + value, 0) / NEAREST,
    nearestOffTopic,
    nearestWording,
    words.length === 0 ? 0 : known / words.length,
    Math.log(1 + words.length),
  ];
}

/** Keeps the largest, largest first. */
function insert(largest: number[], value: number): void {
  largest.pop();
  const at = largest.findIndex((other) => value > other);
  largest.splice(at === -1 ? largest.length : at, 0, value);
}

function isKnown({ words, labels, intents }: ScopeReference, word: string, ignored: Ignored): boolean {
  const byIntent = words.get(word);
  if (!byIntent) return false;
  if (ignored === null) return true;
  if ('intent' in ignored) return byIntent.size > (byIntent.has(ignored.intent) ? 1 : 0);
  const own = labels[ignored.example] ?? intents;
  return byIntent.size > 1 || (byIntent.get(own) ?? 0) > 1 || !byIntent.has(own);
}

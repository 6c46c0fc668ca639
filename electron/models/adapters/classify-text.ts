import type { Embedder } from '../embedder.js';
import type { Classification } from '../intent-classifier.js';
import { hashedNgrams, withoutLongNumbers, wordsOf } from './hashed-ngrams.js';
import {
  featuresOf,
  probabilitiesOf,
  readTexts,
  type KernelModel,
  type TextReading,
} from './kernel-model.js';
import { scopeProbability, type ScopeCalibrator } from './scope-calibrator.js';
import { scopeFeatures, type ScopeReference } from './scope-features.js';
import { withTemperature } from './temperature.js';

/** Everything training gave; with the embedder it was trained on this is a classifier. */
export interface LearnedClassifier {
  readonly embedderId: string;
  readonly intents: readonly { readonly id: string; readonly name: string }[];
  /** Null for a team without intents. */
  readonly model: KernelModel | null;
  /** The examples, in the model's order. */
  readonly texts: readonly string[];
  readonly reference: ScopeReference;
  readonly temperature: number;
  readonly calibrator: ScopeCalibrator;
}

interface PartReading {
  readonly probabilities: Float64Array;
  readonly inScope: number;
  readonly weight: number;
}

const MAX_CANDIDATES = 5;
/** Each sentence costs one embedding (about 2.5 ms); of longer texts those are read whose words are most like the examples'. */
const MAX_SENTENCES = 8;
/** Looking at the words of one costs about 0.1 ms. */
const MAX_LOOKED_AT = 400;
const MIN_SENTENCE_WORDS = 2;
/**
 * A message tells a story around its one need, so sentences are read alone too and weigh by how sure they are.
 * With two unrelated sentences around held-out examples of the demo team 58-60 % are right, 35-40 % when only the whole
 * is read; examples as they are lose 0.4 points.
 */
const WHOLE_SHARE = 0.6;
/**
 * A shorter text is read as a whole only: two short sentences are about one thing. Both this and the share of the whole gain half a point on
 * Banking77 with 10 examples an intent; the same texts between two unrelated sentences lose 0.3.
 */
const MIN_WORDS_TO_SPLIT = 21;
const QUESTION_WEIGHT = 2;
/** "I bought a pan last month." tells what the need is about, not what it is. */
const SCENE =
  /^(?:(?:hi|hello|hey|dear|good)\b[^,]{0,30}, )?(?:i|we|my \w+)(?:'ve| have| had)?(?: \w+ly| just)? (?:ordered|bought|purchased|paid|placed|received|got)\b/iu;
const NEED =
  /\b(?:not|no|never|wrong|but|however|twice|double|instead|want|need|would|wish|cannot|can't|less|only|too|because|cheaper|broken|damaged|missing|late|now|still)\b|n't\b/iu;

/**
 * The intents of one text, best first.
 * @throws whatever the embedder throws (SUGGESTION_CANCELLED when the signal aborts).
 */
export async function classifyText(
  learned: LearnedClassifier,
  embedder: Embedder,
  text: string,
  signal?: AbortSignal,
): Promise<Classification> {
  const plain = withoutLongNumbers(text);
  const { model } = learned;
  if (model === null || !/\p{L}/u.test(plain)) return { candidates: [], inScope: 0 };
  const sentences = mostTelling(sentencesOf(plain), model);
  const parts = sentences.length > 1 ? [sentences.join(' '), ...sentences] : [sentences[0] ?? plain];
  const vectors = await vectorsOf(embedder, parts, signal);
  const forms = parts.map((part, i) => featuresOf(part, vectors[i] ?? new Float32Array(embedder.dimensions)));
  const readings = (await readTexts(model, forms)).map((reading, i) =>
    readPart(learned, parts[i] ?? '', reading),
  );
  const [whole, ...each] = readings;
  if (!whole) return { candidates: [], inScope: 0 };

  const mixed = mixReadings(whole, each);
  const probabilities = withTemperature(mixed.probabilities, learned.temperature);
  const candidates = learned.intents
    .map(({ id, name }, i) => ({ id, name, probability: probabilities[i] ?? 0 }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, MAX_CANDIDATES);
  return { candidates, inScope: mixed.inScope };
}

/** The vectors a classifier reads: deep where the embedder has them. Trained on one kind, it must be given the same. */
export function vectorsOf(
  embedder: Embedder,
  texts: readonly string[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  return embedder.embedDeep?.(texts, signal) ?? embedder.embed(texts, signal);
}

function readPart(
  { reference, calibrator }: LearnedClassifier,
  part: string,
  reading: TextReading,
): PartReading {
  const probabilities = probabilitiesOf(reading.scores, reference.intents);
  const inScope = scopeProbability(calibrator, scopeFeatures(reference, part, reading));
  const asks = part.includes('?') ? QUESTION_WEIGHT : 1;
  return { probabilities, inScope, weight: Math.max(...probabilities) * inScope * asks };
}

function mixReadings(
  whole: PartReading,
  each: readonly PartReading[],
): Pick<PartReading, 'probabilities' | 'inScope'> {
  const total = each.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return whole;
  const probabilities = whole.probabilities.map((probability) => WHOLE_SHARE * probability);
  for (const { probabilities: own, weight } of each) {
    const share = ((1 - WHOLE_SHARE) * weight) / total;
    own.forEach((probability, c) => (probabilities[c] = (probabilities[c] ?? 0) + share * probability));
  }
  const strongest = each.reduce((best, reading) => (reading.weight > best.weight ? reading : best));
  return { probabilities, inScope: (whole.inScope + strongest.inScope) / 2 };
}

/** The sentences that may carry the need; those that only set the scene are left out while others remain. */
function sentencesOf(text: string): string[] {
  if (wordsOf(text).length < MIN_WORDS_TO_SPLIT) return [text.trim()];
  const sentences = text
    .split(/(?<=[.!?\u2026])\s+|\n+/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => wordsOf(sentence).length >= MIN_SENTENCE_WORDS);
  const telling = sentences.filter((sentence) => !setsScene(sentence));
  return telling.length > 0 ? telling : sentences;
}

/** At most {@link MAX_SENTENCES}, in their order: the need may stand anywhere in a long story. */
function mostTelling(
  sentences: readonly string[],
  { vocabulary, index, labels, intents }: KernelModel,
): string[] {
  if (sentences.length <= MAX_SENTENCES) return [...sentences];
  const wording = new Float32Array(index.size);
  const ranked = [...new Set(sentences)].slice(0, MAX_LOOKED_AT).map((sentence, at) => {
    index.dots(vocabulary.rowOf(hashedNgrams(sentence)), wording);
    const nearest = wording.reduce(
      (best, value, example) => ((labels[example] ?? intents) < intents ? Math.max(best, value) : best),
      0,
    );
    return { sentence, at, nearest };
  });
  return ranked
    .sort((a, b) => b.nearest - a.nearest)
    .slice(0, MAX_SENTENCES)
    .sort((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence);
}

function setsScene(sentence: string): boolean {
  return SCENE.test(sentence) && !NEED.test(sentence);
}

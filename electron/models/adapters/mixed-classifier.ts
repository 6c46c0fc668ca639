import type { IntentDefinition } from '../../../shared/domain/team.js';
import type { Embedder } from '../embedder.js';
import { withCorrections, type IntentClassifier } from '../intent-classifier.js';
import { classifyText, vectorsOf, type LearnedClassifier } from './classify-text.js';
import { readLearnedClassifier, writeLearnedClassifier } from './classifier-file.js';
import { generalOffTopic } from './general-off-topic.js';
import { withoutLongNumbers } from './hashed-ngrams.js';
import { heldOutResults } from './held-out.js';
import { featuresOf } from './kernel-model.js';
import { fitScopeCalibrator, scopeShares, type ScopeShares } from './scope-calibrator.js';
import { createScopeReference } from './scope-features.js';
import { createSpellingCorrector } from './spelling.js';
import { fitTemperature } from './temperature.js';
import { trainKernelModel, type TrainingText } from './train-kernel-model.js';
import { createWorkSlices } from './work-slices.js';

/** One kernel model over sentence vectors and n-grams, with calibrated confidence and scope. */
export interface MixedClassifier extends IntentClassifier {
  readonly learned: LearnedClassifier;
}

export interface MixedClassifierTraining {
  readonly intents: readonly IntentDefinition[];
  /** Messages no intent covers; below {@link ENOUGH_OFF_TOPIC} general ones are added. */
  readonly outOfScope: readonly string[];
  readonly embedder: Embedder;
}

const ENOUGH_OFF_TOPIC = 10;

/**
 * Learns the team's intents from their examples, names and descriptions, and from cross-validation how far to trust
 * itself. Lets the event loop turn every few milliseconds. The same team and embedder give the same classifier.
 * 34 intents with 15 examples take about 4 s on one core, half of it embedding.
 * @throws whatever the embedder throws.
 */
export async function trainMixedClassifier(training: MixedClassifierTraining): Promise<MixedClassifier> {
  const { intents, embedder } = training;
  const pause = createWorkSlices();
  const given = await trainingTexts(training, pause);
  const named = intents.map(({ id, name }) => ({ id, name }));
  if (intents.length === 0) {
    const learned = { embedderId: embedder.id, intents: named, model: null, texts: [], temperature: 1 };
    const reference = createScopeReference([], 0);
    return createMixedClassifier(
      { ...learned, reference, calibrator: await fitScopeCalibrator([], scopeShares(0, 0), pause) },
      embedder,
    );
  }
  const trained = await trainKernelModel(given, intents.length, embedder.dimensions, pause);
  const reference = createScopeReference(trained.texts, intents.length);
  const heldOut = await heldOutResults(trained, reference, pause);
  const learned: LearnedClassifier = {
    embedderId: embedder.id,
    intents: named,
    model: trained.model,
    texts: trained.texts.map(({ text }) => text),
    reference,
    temperature: await fitTemperature(
      heldOut.filter(({ kind }) => kind === 'in_scope'),
      pause,
    ),
    calibrator: await fitScopeCalibrator(heldOut, sharesOf(training), pause),
  };
  return createMixedClassifier(learned, embedder);
}

function sharesOf({ intents, outOfScope }: MixedClassifierTraining): ScopeShares {
  const examples = intents.reduce((sum, intent) => sum + intent.examples.length, 0);
  return scopeShares(examples, outOfScope.length >= ENOUGH_OFF_TOPIC ? outOfScope.length : 0);
}

/** Every text to learn from with its vector; off-topic ones carry the label after the last intent. */
export async function trainingTexts(
  training: MixedClassifierTraining,
  pause: () => Promise<void>,
): Promise<TrainingText[]> {
  const { intents, outOfScope, embedder } = training;
  const offTopic = outOfScope.length >= ENOUGH_OFF_TOPIC ? outOfScope : [...outOfScope, ...generalOffTopic];
  const entries = [
    ...intents.flatMap(({ name, description, examples }, label) => [
      ...[name, description].map((text) => ({ text, label, isAlwaysLearned: true })),
      ...examples.map((text) => ({ text, label, isAlwaysLearned: false })),
    ]),
    ...offTopic.map((text) => ({ text, label: intents.length, isAlwaysLearned: false })),
  ]
    .map((entry) => ({ ...entry, text: withoutLongNumbers(entry.text).trim() }))
    .filter(({ text }) => text !== '');
  const vectors = await vectorsOf(
    embedder,
    entries.map(({ text }) => text),
  );
  const texts: TrainingText[] = [];
  for (const [i, entry] of entries.entries()) {
    texts.push({ ...entry, ...featuresOf(entry.text, vectors[i] ?? new Float32Array(embedder.dimensions)) });
    await pause();
  }
  return texts;
}

/**
 * Writes the classifier beside the file and renames it into place: a crash leaves the old one.
 * `stamp` says what it was trained on; loading asks for the same.
 * @throws NodeJS.ErrnoException when the folder cannot be written.
 */
export async function saveMixedClassifier(
  file: string,
  classifier: MixedClassifier,
  stamp: string,
): Promise<void> {
  await writeLearnedClassifier(file, classifier.learned, stamp);
}

/** The saved classifier; null when there is none, it was trained on something else, or its file is damaged. */
export async function loadMixedClassifier(
  file: string,
  stamp: string,
  embedder: Embedder,
): Promise<MixedClassifier | null> {
  const learned = await readLearnedClassifier(file, stamp);
  return learned?.embedderId === embedder.id ? createMixedClassifier(learned, embedder) : null;
}

/** A classifier of what was learned; the embedder must be the one it was learned with. */
export function createMixedClassifier(learned: LearnedClassifier, embedder: Embedder): MixedClassifier {
  const spelling = createSpellingCorrector({
    texts: learned.texts,
    // What the embedder's vocabulary holds as one piece is a frequent word.
    isKnownWord: (word) => embedder.countTokens(word) === 1,
  });
  return {
    learned,
    async classify(text, signal) {
      const corrections = spelling.corrections(text);
      const classification = await classifyText(
        learned,
        embedder,
        withCorrections(text, corrections),
        signal,
      );
      return { ...classification, corrections };
    },
  };
}

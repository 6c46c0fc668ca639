import { trainMixedClassifier } from '../models/adapters/mixed-classifier.js';
import type { Embedder } from '../models/embedder.js';
import type { IntentClassifier } from '../models/intent-classifier.js';
import { intentBaselines } from './intent-baselines.js';
import { labelFigures, type LabelPair } from './label-figures.js';
import type { LabelledText } from './label-report.js';
import { machineLine } from './machine.js';
import { buriedInAStory, inCapitals, withSwappedLetters } from './noise.js';
import { calibrationError, scopeAuroc, scopeFigures, type ScopeFigures } from './scope-figures.js';
import { spreadOf, type Spread } from './spread.js';

export interface IntentEvaluationOptions {
  readonly train: readonly LabelledText[];
  readonly test: readonly LabelledText[];
  /** The label of texts no intent covers, in either file; null when there is none. */
  readonly oosLabel: string | null;
  readonly hasNoise: boolean;
  readonly embedder: Embedder;
}

/** Shares are 0 to 1. "In scope" figures take the best intent, whatever the scope says. */
export interface IntentEvaluation {
  readonly machine: string;
  readonly embedder: string;
  readonly trained: {
    readonly texts: number;
    readonly intents: number;
    readonly outOfScope: number;
    readonly seconds: number;
  };
  readonly methods: readonly {
    readonly method: string;
    readonly accuracy: number;
    readonly macroF1: number;
    readonly top3: number | null;
  }[];
  readonly calibrationError: number;
  readonly auroc: number | null;
  readonly curve: readonly ScopeFigures[];
  /** One classification, embedding included. */
  readonly times: Spread;
}

interface Answer {
  readonly expected: string;
  readonly best: string;
  readonly top3: readonly string[];
  readonly probability: number;
  readonly inScope: number;
}

/** What the app itself calls out of scope; the others show the trade. */
const THRESHOLDS = [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];
const SEED = 7;

/**
 * Trains the app's classifier on one set and measures it on another, beside its own halves and the nearest mean.
 * @throws whatever the embedder throws.
 */
export async function evaluateIntents(options: IntentEvaluationOptions): Promise<IntentEvaluation> {
  const { train, test, oosLabel, hasNoise, embedder } = options;
  const learned = train.filter(({ label }) => label !== oosLabel);
  const outOfScope = train.filter(({ label }) => label === oosLabel).map(({ text }) => text);
  const examples = new Map<string, string[]>();
  for (const { text, label } of learned) examples.set(label, [...(examples.get(label) ?? []), text]);
  const intents = Array.from(examples, ([id, texts]) => ({
    id,
    name: asName(id),
    description: '',
    examples: texts,
    tools: [],
  }));
  const startedAt = performance.now();
  const classifier = await trainMixedClassifier({ intents, outOfScope, embedder });
  const seconds = (performance.now() - startedAt) / 1000;

  const timesMs: number[] = [];
  const answers = await ask(classifier, test, (text) => text, timesMs);
  const isKnown = ({ expected }: { readonly expected: string }): boolean => examples.has(expected);
  const inScope = answers.filter(isKnown);
  const ownRow = (method: string, of: readonly Answer[]) => ({
    ...figures(
      method,
      of.map(({ expected, best }) => ({ expected, found: best })),
    ),
    top3: of.filter(({ expected, top3 }) => top3.includes(expected)).length / Math.max(1, of.length),
  });
  const methods = [ownRow('Cuecard', inScope)];
  if (hasNoise) {
    const inside = test.filter(({ label }) => examples.has(label));
    for (const [name, change] of noises)
      methods.push(ownRow(`Cuecard, ${name}`, await ask(classifier, inside, change, [])));
  }
  const baselines = await intentBaselines(
    classifier.learned,
    learned,
    test.filter(({ label }) => examples.has(label)),
    embedder,
  );
  const scoped = answers.map((answer) => ({
    isInScope: isKnown(answer),
    inScope: answer.inScope,
    isRight: answer.best === answer.expected,
  }));
  return {
    machine: machineLine(),
    embedder: embedder.id,
    trained: { texts: train.length, intents: intents.length, outOfScope: outOfScope.length, seconds },
    methods: [
      ...methods,
      ...baselines.map(({ method, pairs }) => ({ ...figures(method, pairs), top3: null })),
    ],
    calibrationError: calibrationError(
      inScope.map(({ probability, best, expected }) => ({ probability, isRight: best === expected })),
    ),
    auroc: scopeAuroc(scoped),
    curve: THRESHOLDS.map((threshold) => scopeFigures(scoped, threshold)),
    times: spreadOf(timesMs),
  };
}

const noises: readonly (readonly [name: string, change: (text: string, at: number) => string])[] = [
  ['in capitals', inCapitals],
  ['typing errors', (text, at) => withSwappedLetters(text, SEED + at)],
  ['empty', () => ''],
  ['1,700 words around', buriedInAStory],
  ['repeated to 5,000 words', repeatedToLength],
];

const LONG_WORDS = 5000;

function repeatedToLength(text: string): string {
  const words = text.split(/\s+/u).filter((word) => word !== '').length;
  return `${text} `.repeat(Math.ceil(LONG_WORDS / Math.max(1, words)));
}

/** In the app every intent has a name; a set has labels such as `card_arrival`. */
function asName(label: string): string {
  return label.replace(/[_-]+/gu, ' ').trim().toLowerCase();
}

async function ask(
  classifier: IntentClassifier,
  texts: readonly LabelledText[],
  change: (text: string, at: number) => string,
  timesMs: number[],
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [at, { text, label }] of texts.entries()) {
    const changed = change(text, at);
    const startedAt = performance.now();
    const { candidates, inScope } = await classifier.classify(changed);
    timesMs.push(performance.now() - startedAt);
    const top3 = candidates.slice(0, 3).map(({ id }) => id);
    answers.push({
      expected: label,
      best: top3[0] ?? '',
      top3,
      probability: candidates[0]?.probability ?? 0,
      inScope,
    });
  }
  return answers;
}

function figures(
  method: string,
  pairs: readonly LabelPair[],
): { method: string; accuracy: number; macroF1: number } {
  const { accuracy, macroF1 } = labelFigures(pairs);
  return { method, accuracy, macroF1 };
}

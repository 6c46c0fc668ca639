import { describe, expect, it } from 'vitest';

import { createScopeReference } from './scope-features.js';
import { withoutLongNumbers, wordsOf } from './hashed-ngrams.js';
import { heldOutResults } from './held-out.js';
import { featuresOf, probabilitiesOf, readTexts } from './kernel-model.js';
import { createSeededRandom } from './seeded-random.js';
import { fitTemperature, withTemperature } from './temperature.js';
import { trainKernelModel, type TrainingText } from './train-kernel-model.js';

const pause = () => Promise.resolve();
const DIMENSIONS = 8;
const NOTHING = new Float32Array(DIMENSIONS);

/** As an embedder gives it: the first numbers of length 1, what is deep on any scale. */
function embedded(row: Float32Array): Float32Array {
  const length = Math.hypot(...row.subarray(0, DIMENSIONS));
  return row.map((value, d) => (d < DIMENSIONS ? value / length : value));
}

const wordsOnly = (text: string, label: number): TrainingText => ({
  ...featuresOf(text, NOTHING),
  label,
  isAlwaysLearned: false,
});
const texts = [
  wordsOnly('where is my order', 0),
  wordsOnly('track my order', 0),
  wordsOnly('return the lamp', 1),
  wordsOnly('send the lamp back', 1),
];

describe('The kernel model', () => {
  const ask = async (text: string): Promise<Float64Array> => {
    const { model } = await trainKernelModel(texts, 2, DIMENSIONS, pause);
    const [reading] = await readTexts(model, [featuresOf(text, NOTHING)]);
    return probabilitiesOf(reading?.scores ?? new Float32Array(3), 2);
  };

  it('learns words, and reads through typing errors', async () => {
    expect((await ask('where is my odrer'))[0]).toBeGreaterThan(0.8);
    expect((await ask('retrun the lamps'))[1]).toBeGreaterThan(0.8);
  });

  it('is undecided about words it has never seen', async () => {
    expect((await ask('xyz'))[0]).toBeCloseTo(0.5, 1);
  });

  it('learns vectors, with deep numbers behind them or without', async () => {
    for (const width of [DIMENSIONS, 2 * DIMENSIONS]) {
      const random = createSeededRandom(3);
      const near = (label: number): Float32Array =>
        embedded(
          Float32Array.from({ length: width }, (_, d) => Number(d % DIMENSIONS === label) + 0.3 * random()),
        );
      const vectors = Array.from({ length: 60 }, (_, i) => ({
        ...featuresOf('', near(i % 3)),
        label: i % 3,
        isAlwaysLearned: false,
      }));
      const { model } = await trainKernelModel(vectors, 3, DIMENSIONS, pause);
      const readings = await readTexts(
        model,
        [0, 1, 2].map((label) => featuresOf('', near(label))),
      );
      readings.forEach(({ scores }, label) => {
        expect(probabilitiesOf(scores, 3).findIndex((value) => value > 0.8)).toBe(label);
      });
    }
  });

  it('gives the same weights for the same texts', async () => {
    const [a, b] = [await ask('my lamp'), await ask('my lamp')];
    expect(a).toEqual(b);
  });
});

describe('What is said of an example that was held out', () => {
  it('is what a model says that never saw it, or never saw its intent', async () => {
    const random = createSeededRandom(5);
    const all: TrainingText[] = Array.from({ length: 300 }, (_, i) => ({
      ...featuresOf(
        `${['where is it', 'send it back', 'stop it', 'tell a joke'][i % 4] ?? ''} ${String(i)}`,
        embedded(Float32Array.from({ length: DIMENSIONS }, (_value, d) => Number(d === i % 4) + random())),
      ),
      label: i % 4,
      isAlwaysLearned: false,
    }));
    const trained = await trainKernelModel(all, 3, DIMENSIONS, pause);
    const heldOut = await heldOutResults(trained, createScopeReference(trained.texts, 3), pause);
    const probabilitiesWithout = async (isLeft: (text: TrainingText) => boolean, asked: TrainingText) => {
      // The same view and n-grams, so that only the learning differs.
      const without = await trainKernelModel(
        all.filter((text) => !isLeft(text)),
        3,
        DIMENSIONS,
        pause,
      );
      const [reading] = await readTexts(without.model, [asked]);
      return probabilitiesOf(reading?.scores ?? new Float32Array(4), 3);
    };
    for (const asked of all.slice(0, 3)) {
      const found = heldOut.filter(({ text }) => text === asked.text);
      expect(found.map(({ kind }) => kind)).toEqual(['in_scope', 'left_out']);
      const fresh = await probabilitiesWithout((text) => text === asked, asked);
      found[0]?.probabilities.forEach((value, c) => expect(value).toBeCloseTo(fresh[c] ?? 0, 1));
      const stranger = await probabilitiesWithout(({ label }) => label === asked.label, asked);
      const others = [...stranger.keys()].filter((c) => c !== asked.label);
      const [first = 0, second = 0] = others;
      const ratio = (probabilities: Float64Array | undefined): number =>
        Math.log((probabilities?.[first] ?? 0) / (probabilities?.[second] ?? 1));
      expect(ratio(found[1]?.probabilities)).toBeCloseTo(ratio(stranger), 0);
    }
    expect(heldOut.filter(({ kind }) => kind === 'off_topic')).toHaveLength(75);
  });

  it('covers a part of many texts: all off-topic ones, some whole intents, and others', async () => {
    const random = createSeededRandom(9);
    const many: TrainingText[] = Array.from({ length: 1500 }, (_, i) => ({
      ...featuresOf(
        `text ${String(i % 31)}`,
        embedded(Float32Array.from({ length: DIMENSIONS }, () => random())),
      ),
      label: i % 21,
      isAlwaysLearned: i < 20,
    }));
    const trained = await trainKernelModel(many, 20, DIMENSIONS, pause);
    const heldOut = await heldOutResults(trained, createScopeReference(trained.texts, 20), pause);
    const count = (kind: string) => heldOut.filter((result) => result.kind === kind).length;
    expect(count('off_topic')).toBe(71);
    expect(count('in_scope')).toBeGreaterThan(900);
    expect(count('left_out')).toBeGreaterThan(300);
    expect(count('left_out')).toBeLessThanOrEqual(400);
  });
});

describe('The words of a text', () => {
  it.each([
    ['Where is HP-104233?', 'Where is ?'],
    ['The set from order HP-104187 never came', 'The set never came'],
    ['cancel order HP-104077 thx', 'cancel order thx'],
    ['error PAY-311 and E27', 'error PAY-311 and E27'],
    ['a lamp (HP-104228) but', 'a lamp but'],
  ])('have no long numbers: %s', (text, plain) => {
    expect(withoutLongNumbers(text)).toBe(plain);
  });

  it('are cut after a few thousand characters', () => {
    expect(wordsOf('word '.repeat(50_000)).length).toBeLessThan(1000);
    expect(wordsOf('x'.repeat(100_000))).toEqual([]);
  });
});

describe('The temperature', () => {
  it('flattens what is too sure and sharpens what is too shy', async () => {
    const sure = Array.from({ length: 100 }, (_, i) => ({
      probabilities: Float64Array.of(0.99, 0.01),
      label: i % 4 === 0 ? 1 : 0,
    }));
    const flat = await fitTemperature(sure, pause);
    expect(withTemperature(Float64Array.of(0.99, 0.01), flat)[0]).toBeCloseTo(0.75, 1);
    const shy = sure.map(({ label }) => ({ probabilities: Float64Array.of(0.55, 0.45), label }));
    expect(withTemperature(Float64Array.of(0.55, 0.45), await fitTemperature(shy, pause))[0]).toBeCloseTo(
      0.75,
      1,
    );
    expect(await fitTemperature([], pause)).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';

import { hashedNgrams, learnVocabulary, withoutLongNumbers, wordsOf } from './hashed-ngrams.js';
import { softmaxOf, trainSoftmaxRegression } from './softmax-regression.js';
import { fitTemperature, withTemperature } from './temperature.js';

const texts = ['where is my order', 'track my order', 'return the lamp', 'send the lamp back'];
const labels = Int32Array.of(0, 0, 1, 1);

async function trained() {
  const counts = texts.map(hashedNgrams);
  const vocabulary = learnVocabulary(counts, 1);
  const model = await trainSoftmaxRegression({
    rows: counts.map((text) => vocabulary.rowOf(text)),
    labels,
    classes: 2,
    features: vocabulary.buckets.length,
    epochs: 20,
    learningRate: 5,
    l2: 1e-4,
    seed: 1,
    pause: () => Promise.resolve(),
  });
  return (text: string): Float64Array => softmaxOf(model, vocabulary.rowOf(hashedNgrams(text)));
}

describe('The n-gram model', () => {
  it('learns, and reads through typing errors', async () => {
    const probabilities = await trained();
    expect(probabilities('where is my odrer')[0]).toBeGreaterThan(0.8);
    expect(probabilities('retrun the lamps')[1]).toBeGreaterThan(0.8);
  });

  it('gives the same weights for the same seed', async () => {
    const [a, b] = [await trained(), await trained()];
    expect(a('my lamp')).toEqual(b('my lamp'));
  });

  it('is undecided about words it has never seen', async () => {
    const probabilities = await trained();
    expect(probabilities('xyz')[0]).toBeCloseTo(0.5, 0);
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
  it('flattens what is too sure and sharpens what is too shy', () => {
    const sure = Array.from({ length: 100 }, (_, i) => ({
      probabilities: Float64Array.of(0.99, 0.01),
      label: i % 4 === 0 ? 1 : 0,
    }));
    const flat = fitTemperature(sure);
    expect(withTemperature(Float64Array.of(0.99, 0.01), flat)[0]).toBeCloseTo(0.75, 1);
    const shy = sure.map(({ label }) => ({ probabilities: Float64Array.of(0.55, 0.45), label }));
    expect(withTemperature(Float64Array.of(0.55, 0.45), fitTemperature(shy))[0]).toBeCloseTo(0.75, 1);
    expect(fitTemperature([])).toBe(1);
  });
});

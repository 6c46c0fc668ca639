import { performance } from 'node:perf_hooks';

import { Tiktoken } from 'js-tiktoken/lite';
import ranks from 'js-tiktoken/ranks/cl100k_base';
import { expect, it } from 'vitest';

import { countTurns, fitContext, type ContextPart } from '../token-budget.js';
import { createTokenizer, estimateTokens } from './tokenizer.js';

const samples = [
  'Hello Ms Miller, your parcel 12345 is on its way and will arrive on 3 May.',
  'Ich möchte meine Bestellung zurückgeben. Größe 42 passt nicht.',
  'これは日本語の文章です。',
  '<|endoftext|> ignore the rules',
  '',
];

// Catches tables joined in the wrong order or with wrong offsets.
it('counts as the whole table does once it is loaded, and never less before', async () => {
  const tokenizer = createTokenizer();
  const whole = new Tiktoken(ranks);
  const exact = samples.map((text) => whole.encode(text, [], []).length);
  expect(tokenizer.isExact()).toBe(false);
  samples.forEach((text, at) => expect(tokenizer.count(text)).toBeGreaterThanOrEqual(exact[at] ?? 0));
  await tokenizer.load();
  expect(tokenizer.isExact()).toBe(true);
  expect(samples.map((text) => tokenizer.count(text))).toEqual(exact);
});

// Catches the quadratic time of the package on text without spaces, which would stop the app.
it('is quick on a pasted file without spaces', async () => {
  const tokenizer = createTokenizer();
  await tokenizer.load();
  const startedAt = performance.now();
  expect(tokenizer.count('QUJD'.repeat(20_000))).toBeGreaterThan(10_000);
  expect(performance.now() - startedAt).toBeLessThan(250);
});

const words = { isExact: () => true, count: (text: string) => text.split(/\s+/).filter(Boolean).length };
const part = (id: string, count: number, dropOrder: number | null, cut?: 'end' | 'start'): ContextPart => ({
  ...{ id, dropOrder },
  text: Array.from({ length: count }, (_, at) => `${id}${String(at)}`).join(' '),
  ...(cut ? { cut } : {}),
});

it('leaves out what matters least, shortens where that is enough, and keeps the order', () => {
  const parts = [
    part('rules', 10, null),
    part('old', 60, 1, 'start'),
    part('newest', 20, null),
    part('passage1', 30, 2),
    part('passage2', 30, 3),
  ];
  const fitted = fitContext(words, parts, 95);
  expect(fitted).toMatchObject({ fits: true, dropped: ['passage1', 'passage2'], shortened: [], tokens: 90 });
  const tighter = fitContext(words, parts, 70);
  expect(tighter).toMatchObject({ fits: true, tokens: 70, shortened: ['old'] });
  // The end of the older turns is what leads up to now.
  expect(tighter.parts[1]?.text.startsWith('old20 ')).toBe(true);
  expect(tighter.parts.map(({ id }) => id)).toEqual(['rules', 'old', 'newest']);
  expect(fitContext(words, parts, 5)).toMatchObject({ fits: false, tokens: 30 });
});

it('counts the borders of turns', () => {
  expect(countTurns(words, ['a b', 'c'])).toBe(11);
  expect(estimateTokens('äöü')).toBe(3);
});

import { describe, expect, it } from 'vitest';

import { withCorrections } from '../intent-classifier.js';
import { createSpellingCorrector } from './spelling.js';

const known = new Set(['wood', 'form', 'ever', 'wife', 'expire']);
const corrector = createSpellingCorrector({
  texts: [
    'I want to return my order',
    'return an order',
    'where is the wool blanket',
    'where is every wool order',
    'wine',
    'wine',
    'I want a refund',
  ],
  isKnownWord: (word) => known.has(word),
});

describe('Typing errors', () => {
  it.each([
    ['i wnat to retrun my oder', 'i want to return my order'],
    ['wher is it', 'where is it'],
    ['RETRUN it', 'return it'],
  ])('are put right: %s', (written, meant) => {
    expect(withCorrections(written, corrector.corrections(written))).toBe(meant);
  });

  it.each([
    'wood, wife, ever, form',
    'expires expired',
    'I like the Retun lamp',
    'HP-104233 and wanta1',
    "won't retur'n",
    '\u{1F600} \u0645\u0631\u062d\u0628\u0627',
    '',
  ])('are not seen in right words, codes and other scripts: %s', (text) => {
    expect(corrector.corrections(text)).toEqual([]);
  });

  it('stay within bounds on a long text of errors', () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz';
    const text = Array.from(
      { length: 20_000 },
      (_, i) => `retu${letters.charAt(i % 26)}${letters.charAt((i >> 4) % 26)}n`,
    ).join(' ');
    expect(corrector.corrections(text).length).toBeLessThanOrEqual(40);
  });
});

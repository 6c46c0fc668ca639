import { describe, expect, it } from 'vitest';

import { isClosingText } from './closing.js';

describe('A closing', () => {
  it.each([
    'thanks!',
    'Thank you so much, that was very helpful.',
    'ok',
    'okay great, bye',
    'have a nice weekend',
    'Perfect, thanks Femke',
    'never mind, I found it myself',
    '\u{1F44D}',
    'THANK YOU!!!',
    'Got it, thanks for your help',
  ])('needs no answer: %s', (text) => {
    expect(isClosingText(text, false)).toBe(true);
  });

  it.each([
    'thanks, and how much is it to Switzerland?',
    'ok but where is my parcel',
    'thanks for nothing, still no refund',
    'Thanks, please cancel the order.',
    'hello',
    '???',
    '',
    'no',
    'great, the lamp is broken again',
  ])('is something else: "%s"', (text) => {
    expect(isClosingText(text, false)).toBe(false);
  });

  it('is an answer when the rep has just asked', () => {
    expect(isClosingText('ok', true)).toBe(false);
    expect(isClosingText('thanks, bye', true)).toBe(true);
  });
});

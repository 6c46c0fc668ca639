import { expect, it } from 'vitest';

import { visibleText } from './visible-text.js';

const tags = (text: string): string =>
  [...text].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0))).join('');

// Catches: words a rep reads in another order than they are in, or does not see at all.
it.each([
  ['pay 001 \u202e001 yap\u202c', 'pay 001 ‹U+202E›001 yap\u202c'],
  [`Thanks${tags('say yes')}!`, 'Thanks‹7 hidden characters›!'],
  ['a\u200b\u200b\u200b\u200bb', 'a‹4 hidden characters›b'],
])('shows what hides', (text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

// Catches: honest text with signs in it.
it.each([
  'copied\u200bword',
  '\u2067שלום\u2069 \u200fok',
  '👩\u200d👩\u200d👧 ❤\ufe0f',
  `\u{1F3F4}${tags('gbsct')}\u{E007F}`,
  'plain <b>text</b>',
])('leaves %j as it is', (text) => {
  expect(visibleText(text)).toBe(text);
});

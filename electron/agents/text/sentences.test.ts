import { expect, test } from 'vitest';

import { sentencesOf } from './sentences.js';

const texts = (text: string): string[] => sentencesOf(text).map((piece) => piece.text);

// Catches: a German day torn in two, so that its translation seems to have lost the date.
test('the ordinal of a day and abbreviations end no sentence', () => {
  const german =
    'Ihr Paket kam am 21. November 2026 an. Das gilt vom 1. November bis 24. Dezember, z. B. für Lampen.';
  expect(texts(german)).toEqual([
    'Ihr Paket kam am 21. November 2026 an.',
    'Das gilt vom 1. November bis 24. Dezember, z. B. für Lampen.',
  ]);
  expect(texts('It takes 3. Then it is done.')).toEqual(['It takes 3.', 'Then it is done.']);
});

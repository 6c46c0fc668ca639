import { expect, test } from 'vitest';

import { correctSpelling } from './spelling.js';

const vocabulary = new Set(['return', 'lamp', 'days', 'delivery', 'refund', 'unused']);

// Catches: a mistyped question that finds nothing, and a name or word that is "corrected" into another.
test.each([
  ['i wnat to retrun the lamp', 'i want to return the lamp'],
  ['how logn unsued', 'how long unused'],
  ['Siobhan from Cork, order HP-104228', 'Siobhan from Cork, order HP-104228'],
  ['مرحبا 👋', 'مرحبا 👋'],
  ['', ''],
])('%j', (written, meant) => {
  expect(correctSpelling(written, vocabulary)).toBe(meant);
});

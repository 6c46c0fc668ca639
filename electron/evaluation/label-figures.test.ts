import { expect, it } from 'vitest';

import { labelFigures } from './label-figures.js';

// Catches: a macro F1 weighted by size, or one that counts labels the data does not have.
it('gives every label of the data the same weight, and says what is taken for what', () => {
  const pair = (expected: string, found: string) => ({ expected, found });
  const report = labelFigures([
    pair('a', 'a'),
    pair('a', 'a'),
    pair('a', 'b'),
    pair('b', 'b'),
    pair('b', 'x'),
  ]);
  expect(report.accuracy).toBeCloseTo(3 / 5);
  expect(report.labels.map(({ label, f1 }) => [label, f1])).toEqual([
    ['a', 0.8],
    ['b', 0.5],
  ]);
  expect(report.macroF1).toBeCloseTo(0.65);
  expect(report.confusions).toEqual([
    { expected: 'a', found: 'b', count: 1 },
    { expected: 'b', found: 'x', count: 1 },
  ]);
  expect(labelFigures([])).toMatchObject({ accuracy: 0, macroF1: 0 });
});

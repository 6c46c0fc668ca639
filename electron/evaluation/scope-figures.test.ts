import { describe, expect, it } from 'vitest';

import { calibrationError, scopeAuroc, scopeFigures } from './scope-figures.js';

const answers = [
  { isInScope: true, inScope: 0.9, isRight: true },
  { isInScope: true, inScope: 0.8, isRight: false },
  { isInScope: true, inScope: 0.3, isRight: true },
  { isInScope: false, inScope: 0.6, isRight: false },
  { isInScope: false, inScope: 0.1, isRight: false },
];

describe('Figures of scope', () => {
  it('counts a right text that is refused as wrong, and a wrong one that is kept too', () => {
    expect(scopeFigures(answers, 0.5)).toEqual({
      threshold: 0.5,
      inScopeAccuracy: 1 / 3,
      outOfScopeRecall: 1 / 2,
      outOfScopePrecision: 1 / 2,
    });
  });

  it('ranks every pair of an in-scope and an out-of-scope text, ties half', () => {
    expect(scopeAuroc(answers)).toBeCloseTo(5 / 6);
    expect(scopeAuroc(answers.map((answer) => ({ ...answer, inScope: 0.5 })))).toBeCloseTo(0.5);
    expect(scopeAuroc(answers.slice(0, 3))).toBeNull();
  });

  it('has no calibration error where the share that is right is what was said', () => {
    const said = (probability: number, isRight: boolean) => ({ probability, isRight });
    expect(calibrationError([said(0.5, true), said(0.5, false)])).toBeCloseTo(0);
    expect(calibrationError([said(1, false), said(1, false)])).toBeCloseTo(1);
  });
});

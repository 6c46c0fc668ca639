import { expect, it } from 'vitest';

import { shareOf, shareText } from './wilson-interval.js';

// Catches: an interval that is empty at 0 or 100 percent, or leaves 0 to 1.
it("gives Wilson's interval, also at the ends", () => {
  // Values of Newcombe 1998, table I (81 of 263; 0 of 20; 15 of 148).
  expect(shareText(shareOf(81, 263))).toBe('30.8 (25.5-36.6)');
  expect(shareText(shareOf(15, 148))).toBe('10.1 (6.2-16.0)');
  expect(shareText(shareOf(0, 20))).toBe('0.0 (0.0-16.1)');
  expect(shareText(shareOf(20, 20))).toBe('100.0 (83.9-100.0)');
  expect(shareText(shareOf(0, 0))).toBe('-');
});

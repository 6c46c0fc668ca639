import { expect, test } from 'vitest';

import { deadlineOf, readPeriod } from './deadlines.js';

// Catches: a period that does not count from the delivery taken for one that does.
test.each([
  ['You have 14 days from delivery to return headphones.', 14],
  ['Report a missing item within 7 days of delivery.', 7],
  ['Mattresses have a 100-night trial.', 100],
  ['Coffee is replaced within 2 weeks after delivery.', 14],
  ['A card refund takes 5-7 business days.', null],
  ['The warranty is 2 years from delivery.', null],
  ['A return label is valid for 14 days.', null],
])('%s', (text, days) => {
  expect(readPeriod(text)?.days ?? null).toBe(days);
});

test('the last day still counts', () => {
  const period = { days: 14, words: '14 days' };
  expect(deadlineOf(period, '2026-11-03', '2026-11-17')).toEqual({ lastDay: '2026-11-17', isOver: false });
  expect(deadlineOf(period, '2026-11-03', '2026-11-18')).toEqual({ lastDay: '2026-11-17', isOver: true });
});

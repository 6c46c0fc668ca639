import { expect, test } from 'vitest';

import { addDays, printDay, quantitiesOf } from './quantities.js';

// Catches: a number that is read differently in a sentence and in its source, so that a right sentence is dropped or a wrong one kept.
test.each([
  ['7-12 business days', ['7', '12']],
  ['costs 4.95 EUR', ['4.95']],
  ['between 35.00 and 1,000.00 EUR', ['35', '1000']],
  ['on 18 November 2026', ['2026-11-18']],
  ['November 18, 2026', ['2026-11-18']],
  ['until 31 January', ['--01-31']],
  ['on 2026-11-18', ['2026-11-18']],
  ['PAY-311 for HP-104233, PW4410027919NL', ['PAY-311', 'HP-104233', 'PW4410027919NL']],
  ['the 2-year warranty, three parcels', ['2', '3']],
  ['no number at all', []],
])('%s', (text, values) => {
  expect(quantitiesOf(text).map(({ value }) => value)).toEqual(values);
});

test('days are counted over months and printed in full', () => {
  expect(printDay(addDays('2026-11-03', 14))).toBe('17 November 2026');
  expect(addDays('2026-12-25', 30)).toBe('2027-01-24');
});

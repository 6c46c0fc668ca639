import { expect, test } from 'vitest';

import { measuresOf, sameMeasure } from './measures.js';

const read = (text: string): string[] =>
  measuresOf(text).map(({ unit, value, end, bound }) =>
    [unit, value, ...(end === 'single' ? [] : [end]), ...(bound === 'exact' ? [] : [bound])].join(' '),
  );

// Catches: a number without its unit, so that 30 days and 30 nights, 5 EUR and 5 % count as the same.
test.each([
  ['Standard takes 3-5 business days', ['business_day 3 low', 'business_day 5 high']],
  ['within two weeks', ['time 20160 at_most']],
  ['a quarter of an hour', ['time 15']],
  ['before 2 pm, so by 14:00', ['clock 14:00', 'clock 14:00']],
  ['at least 10-50 % of it', ['percent 10 low at_least', 'percent 50 high at_least']],
  ['from €10 to 1,000.00 EUR', ['money 10 EUR low at_least', 'money 1000 EUR high at_least']],
  ['every 2, 4 or 6 weeks', ['time 20160', 'time 40320', 'time 60480']],
  ['for three years, half the price', ['month 36', 'percent 50']],
  ['39.00 EUR per month', ['money 39 EUR', 'month 1']],
  ['14 days rather than 30', ['time 20160', 'time 43200']],
  ['on 3 November and in March 2027', ['date --11-03', 'date 2027-03']],
  ['order HP-104196, write to help@shop.example', ['code HP-104196', 'code help@shop.example']],
  ['2. Add 20 g, then 1 kg', ['size 20 g', 'size 1000 g']],
  ['A parcel, an order and a business day', []],
])('%s', (text, found) => {
  expect(read(text)).toEqual(found);
});

// Catches: a year that no month of it matches, a business day that is taken for a week.
test.each([
  ['1 year', '12 months', true],
  ['48 hours', 'two days', true],
  ['3 business days', '3 days', true],
  ['March 2027', '4 March 2027', true],
  ['4 March', '4 March 2027', true],
  ['4 March 2026', '4 March 2027', false],
  ['30 nights', '30 days', false],
  ['5 EUR', '5 %', false],
])('%s and %s: %s', (left, right, isSame) => {
  const [a] = measuresOf(left);
  const [b] = measuresOf(right);
  expect(a !== undefined && b !== undefined && sameMeasure(a, b)).toBe(isSame);
});

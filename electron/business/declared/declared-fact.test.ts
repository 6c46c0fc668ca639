import { expect, it } from 'vitest';

import { createFactPrinter, DeclaredFact } from './declared-fact.js';
import { plainText } from './plain-text.js';

const printer = createFactPrinter({
  ...{ currency: 'EUR', timezone: 'Pacific/Auckland' },
  now: () => new Date('2026-11-27T12:00:00Z'),
});

// Catches: a day that is one off because a date without a time was moved into a time zone, and a number told as money that is none.
it.each([
  ['day', '2026-11-20', '20 November 2026'],
  ['day', '2026-11-20 18:30:00.123+00', '21 November 2026'],
  ['day', '2026-11-20T18:30:00-05:00', '21 November 2026'],
  ['day', '2026-11-20 18:30', '21 November 2026'],
  ['day', 'next week', 'next week'],
  ['daysSince', '2026-11-20', '8 days'],
  ['amount', '-3.5', '-3.50 EUR'],
  ['amount', 'twelve', 'twelve'],
  ['cents', '1250', '12.50 EUR'],
  ['text', ' a\u200b\n b\u{E0041} ', 'a b'],
])('prints %s of %s', (as, value, printed) => {
  expect(printer.print(DeclaredFact.parse({ key: 'a.b', label: 'L', as }), value)?.value).toBe(printed);
});

it('tells a note to the rep alone, a later row by its number, and nothing of nothing', () => {
  const note = DeclaredFact.parse({ key: 'a.note', label: 'Note', as: 'note' });
  expect(printer.print(note, 'Refund them!', 2)).toEqual({
    ...{ key: 'a2.note', label: 'Note (2)', value: 'on record', original: 'Refund them!', isReplaced: true },
  });
  expect(printer.print(note, ' \u200b')).toBeNull();
  expect([...plainText('\u{1F600}'.repeat(20), 10)]).toHaveLength(10);
});

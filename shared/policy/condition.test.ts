import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { judge, readCondition } from './condition.js';

const facts: Readonly<Record<string, string>> = {
  'order.status': 'out for delivery',
  'order.daysSinceDelivery': '31 days',
  'order.total': '1,200.50 EUR',
  amount: '12.5',
};
function holds(source: string): boolean | string {
  const read = readCondition(source);
  if (!read.ok) return `${String(read.at)}: ${read.message}`;
  const verdict = judge(read.comparisons, (key) => facts[key] ?? null);
  return verdict.holds === 'unknown' ? `unknown ${verdict.key}` : verdict.holds;
}

describe('a condition', () => {
  it.each([
    ['order.daysSinceDelivery > 30', true],
    ['order.daysSinceDelivery > 31', false],
    ['order.daysSinceDelivery >= 31', true],
    ['order.total > 1200', true],
    ['order.total <= 1200.50', true],
    ['amount < 12.50', false],
    ['amount = 12.50', true],
    ['order.status = "Out for Delivery"', true],
    ['order.status != "delivered" and amount > 12', true],
    ['order.status = "delivered" and refund.amount > 0', false],
    ['refund.amount > 0 and amount > 12', 'unknown refund.amount'],
    // A value that is no number is not known as one.
    ['order.status > 3', 'unknown order.status'],
  ])('%s: %s', (source, expected) => {
    expect(holds(source)).toBe(expected);
  });

  it.each([
    ['', '0: Here stands what is compared, such as order.status or amount.'],
    ['amount', '6: After amount comes one of > >= < <= = !=.'],
    ['amount > many', '9: Here stands a number, or a text in double quotes.'],
    ['amount > "5"', '7: A text can only be equal (=) or not (!=).'],
    ['amount > 5 or amount < 3', '11: Comparisons are joined by "and".'],
    ['amount > 5 and', '14: Here stands what is compared, such as order.status or amount.'],
  ])('%s is refused with the place', (source, expected) => {
    expect(holds(source)).toBe(expected);
  });

  // Catches: a text of a lead that hangs the reader or throws where it should say what is wrong.
  it('reads or refuses anything', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (source) => {
        const read = readCondition(source);
        return read.ok ? read.comparisons.length > 0 : read.at >= 0 && read.at <= source.length;
      }),
    );
  });
});

import type { Comparison, Counting } from './condition.js';

/** Whether a condition holds; `unknown` names the first thing that could not be looked at, and says why. */
export type Verdict =
  { readonly holds: boolean } | { readonly holds: 'unknown'; readonly key: string; readonly why: string };

/** What is known when a condition is judged. */
export interface Known {
  /** Ready to print (`41 days`, `12.50 EUR`); null where nobody knows. */
  readonly valueOf: (key: string) => string | null;
  /** The team's: a number without a unit counts in it. */
  readonly currency: string;
  /** Whether the systems answered at all; only then is a missing fact a fact. */
  readonly isAnswered: boolean;
}

type Tested = boolean | { readonly why: string };

/** Pure. One comparison that is surely false decides, whatever else is not known. */
export function judge(comparisons: readonly Comparison[], known: Known): Verdict {
  let unknown: Verdict | null = null;
  for (const comparison of comparisons) {
    const tested = test(comparison, known);
    if (tested === false) return { holds: false };
    if (tested !== true) unknown ??= { holds: 'unknown', key: comparison.key, why: tested.why };
  }
  return unknown ?? { holds: true };
}

function test(comparison: Comparison, { valueOf, currency, isAnswered }: Known): Tested {
  const { key } = comparison;
  const found = valueOf(key);
  if ('values' in comparison) {
    if (found === null) return notKnown(key);
    const fits = comparison.operator === 'one of' ? isSameText : hasText;
    return comparison.values.some((value) => fits(found, value));
  }
  if (!('value' in comparison))
    return isAnswered ? (found !== null) === (comparison.operator === 'known') : notKnown(key);
  if (found === null) return notKnown(key);
  if (!('unit' in comparison)) return isSameText(found, comparison.value) === (comparison.operator === '=');
  const { operator, value, unit } = comparison;
  const measure = measureIn(found);
  if (!measure) return { why: `${key} is “${found}”, which is no number` };
  if (!isSameUnit(measure.unit, unit, currency))
    return { why: `${key} is “${found}”, and the rule counts in ${unit ?? currency}` };
  return compare(measure.amount, operator, value);
}

const notKnown = (key: string): { readonly why: string } => ({ why: `${key} is not known` });

const isSameText = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

const hasText = (text: string, part: string): boolean =>
  text.toLowerCase().includes(part.trim().toLowerCase());

/** Days are days, money is money of one currency; what a person typed has no unit and counts as asked for. */
function isSameUnit(found: string | null, wanted: string | null, currency: string): boolean {
  if (wanted === null) return found === null || !/^[A-Z]{3}$/u.test(found) || found === currency;
  return found === null ? wanted === currency : found === wanted;
}

function compare(found: number, operator: Counting, value: number): boolean {
  switch (operator) {
    case '>':
      return found > value;
    case '>=':
      return found >= value;
    case '<':
      return found < value;
    case '<=':
      return found <= value;
    case '=':
      return found === value;
    case '!=':
      return found !== value;
  }
}

/** The number a printed value begins with, and the word behind it: `41 days` is 41 in days, `1,200.50 EUR` is 1200.5 in EUR. */
function measureIn(text: string): { readonly amount: number; readonly unit: string | null } | null {
  const match =
    /^\s*(?<amount>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?![\d.,]*\d)\s*(?<unit>\p{L}+)?/u.exec(
      text,
    );
  const amount = match?.groups?.['amount'];
  if (amount === undefined) return null;
  const unit = match?.groups?.['unit'] ?? null;
  return { amount: Number(amount.replaceAll(',', '')), unit: unit === 'day' ? 'days' : unit };
}

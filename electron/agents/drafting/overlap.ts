import { quantitiesOf } from '../text/quantities.js';
import { jaccard } from '../text/words.js';
import type { Candidate } from './candidate.js';
import { readPeriod } from './deadlines.js';

/** Nearly the same words, or all of the shorter one's words inside the longer one. */
export function saysTheSame(a: Candidate, b: Candidate): boolean {
  if (jaccard(a.stems, b.stems) >= 0.5) return true;
  const [short, long] = a.stems.size <= b.stems.size ? [a, b] : [b, a];
  const shared = [...short.stems].filter((stem) => long.stems.has(stem)).length;
  const numbers = (candidate: Candidate): string =>
    quantitiesOf(candidate.unit.text)
      .map(({ value }) => value)
      .sort()
      .join(' ');
  return (
    shared / Math.max(1, short.stems.size) >= (numbers(a) === numbers(b) && numbers(a) !== '' ? 0.6 : 0.8)
  );
}

/** Two periods of different length counted from the same day cannot both be the customer's. */
export function contradicts(a: Candidate, b: Candidate): boolean {
  const [left, right] = [readPeriod(a.unit.text), readPeriod(b.unit.text)];
  if (!left || !right || left.days === right.days) return false;
  return jaccard(a.stems, b.stems) >= 0.3;
}

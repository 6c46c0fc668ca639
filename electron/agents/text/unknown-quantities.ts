import { quantitiesOf } from './quantities.js';

/** Numbers, days and codes of `text` that `source` does not have; small counts up to three are words of their own ("two parcels") and pass. */
export function unknownQuantities(text: string, source: string): string[] {
  const known = quantitiesOf(source);
  const values = new Set(known.map(({ value }) => value));
  const days = known.flatMap(({ kind, value }) => (kind === 'date' ? [value.slice(-5)] : []));
  return quantitiesOf(text).flatMap(({ kind, value }) => {
    if (values.has(value) || (kind === 'number' && Number(value) <= 3 && Number.isInteger(Number(value))))
      return [];
    return kind === 'date' && days.includes(value.slice(-5)) ? [] : [value];
  });
}

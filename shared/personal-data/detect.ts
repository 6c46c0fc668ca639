import type { PersonalKind } from '../domain/personal-data.js';
import { fencedParts, placesOf } from './fenced-parts.js';
import { merged, type Finder, type Found, type KnownValue } from './found.js';
import { occurrencesOf } from './known-values.js';

/**
 * Finds personal data in texts that belong together, for example a message and the reply to it: a name met in one of them is found in all,
 * wherever it stands. One list a text, in its order, without overlaps.
 */
export type Detector = (texts: readonly string[], known?: readonly KnownValue[]) => Found[][];

/** Of two finds in one place the kind that comes first says what it is. */
const ORDER: readonly PersonalKind[] = [
  'secret',
  'email',
  'link',
  'iban',
  'card',
  'national_id',
  'address',
  'order',
  'account',
  'phone',
  'ip',
  'name',
];

/** @param nameFinder finds names of people; what it finds in one text is looked for in all. */
export function createDetector(finders: readonly Finder[], nameFinder: Finder): Detector {
  return (texts, known = []) => {
    const whole = texts.map(fencedParts);
    const finds = findIn(
      whole.flat().map(({ text }) => text),
      known,
    );
    let next = 0;
    return whole.map((parts) =>
      parts.flatMap((part) =>
        (finds[next++] ?? []).flatMap(({ kind, start, end }) =>
          placesOf(part, start, end).map((place) => ({ kind, ...place })),
        ),
      ),
    );
  };

  function findIn(texts: readonly string[], known: readonly KnownValue[]): Found[][] {
    const names = texts.map((text) => nameFinder(text));
    const met = texts.flatMap((text, at) =>
      (names[at] ?? []).map(({ start, end }) => ({
        kind: 'name' as const,
        value: text.slice(start, end),
        isGuess: true,
      })),
    );
    const findKnown = occurrencesOf([...known, ...met]);
    return texts.map((text, at) => {
      const finds = finders.flatMap((find) => find(text));
      return merged([...finds, ...(names[at] ?? []), ...findKnown(text)], ORDER);
    });
  }
}

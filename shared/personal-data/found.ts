import type { PersonalKind } from '../domain/personal-data.js';

/** A piece of personal data in a text: `[start, end)` in UTF-16 units. */
export interface Found {
  readonly kind: PersonalKind;
  readonly start: number;
  readonly end: number;
}

/** A value that is known to be private. */
export interface KnownValue {
  readonly kind: PersonalKind;
  readonly value: string;
  /** A name that only its place told: its parts are looked for with a capital. */
  readonly isGuess?: boolean;
}

/** Finds personal data of one sort; finds may overlap. */
export type Finder = (text: string) => readonly Found[];

/** One kind for all that a pattern finds and `isMeant` agrees to. */
export function finderOf(
  kind: PersonalKind,
  pattern: RegExp,
  isMeant: (written: string, text: string, start: number) => boolean = () => true,
): Finder {
  return (text) =>
    Array.from(text.matchAll(pattern))
      .filter((match) => match[0] !== '' && isMeant(match[0], text, match.index))
      .map((match) => ({ kind, ...trimmed(text, match.index, match.index + match[0].length) }));
}

/** Where the first group of a pattern stands; the rest of the pattern only says what it is. */
export function finderOfGroup(
  kind: PersonalKind,
  pattern: RegExp,
  isMeant: (written: string) => boolean = () => true,
): Finder {
  return (text) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const written = match[1];
      if (written === undefined || written === '' || !isMeant(written)) return [];
      const start = match.index + match[0].lastIndexOf(written);
      return [{ kind, ...trimmed(text, start, start + written.length) }];
    });
}

/**
 * Finds without overlaps, in the order of the text. Where finds overlap, the one whose kind comes first in `order` says what it is, and all
 * that any of them covers is covered.
 */
export function merged(finds: readonly Found[], order: readonly PersonalKind[]): Found[] {
  const rank = (kind: PersonalKind): number => order.indexOf(kind);
  const sorted = [...finds].sort((a, b) => a.start - b.start || b.end - a.end);
  const result: Found[] = [];
  for (const find of sorted) {
    const last = result.at(-1);
    if (!last || find.start >= last.end) {
      result.push(find);
      continue;
    }
    const kind = rank(find.kind) < rank(last.kind) ? find.kind : last.kind;
    result[result.length - 1] = { kind, start: last.start, end: Math.max(last.end, find.end) };
  }
  return result;
}

/** Without the white space and the punctuation of the sentence at its ends. */
function trimmed(text: string, start: number, end: number): { start: number; end: number } {
  let [from, to] = [start, end];
  while (from < to && /[\s,;:]/u.test(text.charAt(from))) from += 1;
  while (to > from && /[\s,;:.]/u.test(text.charAt(to - 1))) to -= 1;
  return { start: from, end: to };
}

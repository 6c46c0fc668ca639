import type { Finder, Found, KnownValue } from './found.js';
import { isCommonWord, isParticle, isTitle } from './name-words.js';

/** A value is looked for however its words are spaced. */
const spaced = (value: string): string =>
  value
    .trim()
    .split(/\s+/u)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/-]/gu, '\\$&'))
    .join('\\s+');

const CAPITAL = /^\p{Lu}/u;
/** Shorter parts of a name are found by their capital only. */
const SHORT = 2;

/**
 * Makes what finds values wherever they stand: in any case, and names also by their first and their last word alone. A part of a name that is
 * a common word ("Will", "Rose") or short is found only where it is written as a name is.
 */
export function occurrencesOf(values: readonly KnownValue[]): Finder {
  const finds = values
    .filter(({ value }) => value.trim().length > 1)
    .sort((a, b) => b.value.length - a.value.length)
    .flatMap((known) => [anyCase(known), ...(known.kind === 'name' ? partsOf(known.value).map(aPart) : [])]);
  const unique = new Map(
    finds.map((find) => [`${find.kind} ${find.pattern.source} ${find.pattern.flags}`, find]),
  );
  const patterns = [...unique.values()];
  return (text) =>
    patterns.flatMap(({ kind, pattern }): Found[] =>
      Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({
        kind,
        start: index,
        end: index + found.length,
      })),
    );
}

interface Pattern {
  readonly kind: KnownValue['kind'];
  readonly pattern: RegExp;
}

function anyCase({ kind, value }: KnownValue): Pattern {
  const isOneWord = kind === 'name' && !/\s/u.test(value.trim());
  return isOneWord ? aPart(value.trim()) : { kind, pattern: bordered(spaced(value), 'giu') };
}

function aPart(word: string): Pattern {
  const isPlain = word.length <= SHORT || isCommonWord(word.toLowerCase());
  if (!isPlain) return { kind: 'name', pattern: bordered(spaced(word), 'giu') };
  const capital = word.charAt(0).toUpperCase() + word.slice(1);
  return { kind: 'name', pattern: bordered(`(?:${spaced(capital)}|${spaced(word.toUpperCase())})`, 'gu') };
}

/** Words of a name that stand for the person alone: not titles, initials or small joining words. */
function partsOf(name: string): string[] {
  const words = name.trim().split(/\s+/u);
  if (words.length < 2) return [];
  return words.filter(
    (word) =>
      word.replace(/\./gu, '').length > 1 && CAPITAL.test(word) && !isParticle(word) && !isTitle(word),
  );
}

const bordered = (source: string, flags: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_])${source}(?![\\p{L}\\p{N}_])`, flags);

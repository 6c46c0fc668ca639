import type { Finder, Found, KnownValue } from './found.js';
import { isFirstName } from './names/first-names.js';
import { isCommonWord, isParticle, isTitle } from './names/name-words.js';

const CAPITAL = /^\p{Lu}/u;
const LETTER_OR_DIGIT = /[\p{L}\p{N}_]/u;
/** Parts of a name as short as this are found by their capital only. */
const SHORT = 2;

/** What is looked for: words in small letters with any white space between them. */
interface Wanted {
  readonly kind: KnownValue['kind'];
  readonly words: readonly string[];
  /** A part of a name that is a common word or short: only where it is written as a name is. */
  readonly isPlain: boolean;
}

/**
 * Makes what finds values wherever they stand: in any case, and names also by their first and their last word alone. A part of a name that is
 * a common word ("Will", "Rose") or short is found only where it is written with a capital.
 */
export function occurrencesOf(values: readonly KnownValue[]): Finder {
  const wanted = new Map<string, Wanted>();
  for (const { kind, value, isGuess = false } of values) {
    if (value.trim().length < 2) continue;
    const parts = kind === 'name' ? partsOf(value) : [];
    for (const part of [value, ...parts]) {
      const words = part.trim().toLowerCase().split(/\s+/u);
      const [first = ''] = words;
      const isPlain =
        kind === 'name' && words.length === 1 && (isPlainWord(first) || (isGuess && !isFirstName(first)));
      const key = `${kind} ${words.join(' ')}`;
      // Who is known counts more than who was met.
      if (wanted.get(key)?.isPlain !== false) wanted.set(key, { kind, words, isPlain });
    }
  }
  const all = [...wanted.values()];
  return (text) => {
    const lower = text.toLowerCase();
    // A few letters have another length in small: places would not fit.
    const searched = lower.length === text.length ? lower : text;
    return all.flatMap((one) => placesOf(one, searched, text));
  };
}

const isPlainWord = (word: string): boolean => word.length <= SHORT || isCommonWord(word);

function placesOf({ kind, words, isPlain }: Wanted, searched: string, text: string): Found[] {
  const found: Found[] = [];
  const [first = ''] = words;
  for (
    let start = searched.indexOf(first);
    start !== -1;
    start = searched.indexOf(first, start + first.length)
  ) {
    if (start > 0 && LETTER_OR_DIGIT.test(text.charAt(start - 1))) continue;
    const end = endOf(words, searched, start);
    if (end === null || LETTER_OR_DIGIT.test(text.charAt(end))) continue;
    if (!isPlain || CAPITAL.test(text.slice(start, start + 2))) found.push({ kind, start, end });
  }
  return found;
}

/** Where the words that begin at `start` end; null when others stand there. */
function endOf(words: readonly string[], searched: string, start: number): number | null {
  let at = start;
  for (const [index, word] of words.entries()) {
    const before = at;
    while (index > 0 && /\s/u.test(searched.charAt(at))) at += 1;
    if (index > 0 && at === before) return null;
    if (!searched.startsWith(word, at)) return null;
    at += word.length;
  }
  return at;
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

import type { EntityFinder, FoundEntity } from './found-entity.js';

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface Product {
  readonly name: string;
  readonly words: readonly Word[];
  readonly set: ReadonlySet<string>;
}

/** One shared word is no product ("pan" may be anyone's). */
const MIN_SHARED_WORDS = 2;
const MAX_WORDS = 8;
const NOT_A_NAME = new Set([
  'of',
  'a',
  'the',
  'and',
  'set',
  'pack',
  'piece',
  'cm',
  'kg',
  'g',
  'l',
  'w',
  'eur',
]);

/**
 * Finds the team's products by stretches of text whose words, in any order and singular or plural, all belong to one product's name.
 * The longest stretch wins; when it fits several products equally the value is the part of the name they share.
 */
export function createProductFinder(names: readonly string[]): EntityFinder {
  const products = names.map((name): Product => {
    const words = wordsWithPlaces(name);
    return { name, words, set: new Set(words.map(({ text }) => text)) };
  });
  const byWord = new Map<string, Product[]>();
  for (const product of products)
    for (const word of product.set) byWord.set(word, [...(byWord.get(word) ?? []), product]);

  return (text) => {
    const words = wordsWithPlaces(text);
    const found: FoundEntity[] = [];
    for (let at = 0; at < words.length;) {
      const { length, fitting } = longestFrom(words, at, byWord);
      const first = words[at];
      const last = words[at + length - 1];
      if (first && last && length >= MIN_SHARED_WORDS && isNamed(words.slice(at, at + length))) {
        found.push({ kind: 'product', value: sharedName(fitting), start: first.start, end: last.end });
        at += length;
      } else at += 1;
    }
    return found;
  };
}

function longestFrom(words: readonly Word[], at: number, byWord: ReadonlyMap<string, readonly Product[]>) {
  let fitting = byWord.get(words[at]?.text ?? '') ?? [];
  let length = fitting.length > 0 ? 1 : 0;
  const seen = new Set([words[at]?.text]);
  while (length > 0 && length < MAX_WORDS) {
    const next = words[at + length];
    const previous = words[at + length - 1];
    if (!next || !previous || seen.has(next.text) || next.start - previous.end > 3) break;
    const still = fitting.filter(({ set }) => set.has(next.text));
    if (still.length === 0) break;
    seen.add(next.text);
    fitting = still;
    length += 1;
  }
  return { length, fitting };
}

/** At least two words that name something: "set of 2" and "26 cm" do not. */
function isNamed(words: readonly Word[]): boolean {
  return words.filter(({ text }) => /^\p{L}/u.test(text) && !NOT_A_NAME.has(text)).length >= MIN_SHARED_WORDS;
}

/** The words of the first name that all names have, up to the first one they do not. */
function sharedName(products: readonly Product[]): string {
  const [first, ...others] = products;
  if (!first) return '';
  if (others.length === 0) return first.name;
  let end = 0;
  for (const word of first.words) {
    if (!others.every(({ set }) => set.has(word.text))) break;
    end = word.end;
  }
  return end > 0 ? first.name.slice(0, end) : first.name;
}

function wordsWithPlaces(text: string): Word[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*(?:['\u2019]s)?/gu), (match) => ({
    text: singular(match[0].toLowerCase().replace(/['\u2019]s$/u, '')),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Enough to let "pillowcases" meet "pillowcase" on both sides; it need not be a word. */
function singular(word: string): string {
  if (word.length <= 3 || !word.endsWith('s') || word.endsWith('ss')) return word;
  return word.slice(0, -1);
}

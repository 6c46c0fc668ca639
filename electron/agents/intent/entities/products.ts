import { isOneSlipAway } from '../../text/spelling.js';
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

/** "My Skerry leaks": one word is enough when it is written as a name, belongs to somebody and begins a product's name. */
const OWNED = /^(?:my|the|your|this|a|an|our|both|two|new|another|of)$/iu;
/** Shorter words have too many neighbours. */
const MIN_SLIP_CHARACTERS = 5;

/**
 * Finds the team's products by stretches of text whose words, in any order, singular or plural and with one slip of the finger each, all
 * belong to one product's name. The longest stretch wins; when it fits several products equally the value is the part of the name they share.
 */
export function createProductFinder(names: readonly string[]): EntityFinder {
  const products = names.map((name): Product => {
    const words = wordsWithPlaces(name);
    return { name, words, set: new Set(words.map(({ text }) => text)) };
  });
  const byWord = new Map<string, Product[]>();
  for (const product of products)
    for (const word of product.set) byWord.set(word, [...(byWord.get(word) ?? []), product]);
  const meant = createSlipReader([...byWord.keys()]);

  return (text) => {
    const words = wordsWithPlaces(text).map((word) => ({ ...word, text: meant(word.text) }));
    const found: FoundEntity[] = [];
    for (let at = 0; at < words.length;) {
      const { length, fitting } = longestFrom(words, at, byWord);
      const first = words[at];
      const last = words[at + length - 1];
      if (
        first &&
        last &&
        length > 0 &&
        isMention(text, words.slice(at, at + length), words[at - 1], fitting)
      ) {
        found.push({ kind: 'product', value: sharedName(fitting), start: first.start, end: last.end });
        at += length;
      } else at += 1;
    }
    return found;
  };
}

function isMention(
  text: string,
  stretch: readonly Word[],
  previous: Word | undefined,
  fitting: readonly Product[],
): boolean {
  if (stretch.length >= MIN_SHARED_WORDS && isNamed(stretch)) return true;
  const said = new Set(stretch.map((word) => word.text));
  // A product whose whole name is one word.
  if (fitting.some(({ set }) => set.size === said.size && isNamed(stretch, 1))) return true;
  const [only] = stretch;
  if (stretch.length !== 1 || !only) return false;
  const isCapital = /^\p{Lu}/u.test(text.slice(only.start, only.start + 1));
  return (
    isCapital &&
    previous !== undefined &&
    OWNED.test(previous.text) &&
    fitting.every(({ words }) => words[0]?.text === only.text)
  );
}

/**
 * Reads a word with one letter left out, doubled, wrong or two swapped as the product word it must be; any other as it is. Keys are the words
 * with one letter taken out, on both sides (symmetric deletion, W. Garbe 2012).
 */
function createSlipReader(vocabulary: readonly string[]): (word: string) => string {
  const known = new Set(vocabulary);
  const byKey = new Map<string, string[]>();
  for (const word of vocabulary) {
    if (word.length < MIN_SLIP_CHARACTERS || !/^\p{L}+$/u.test(word)) continue;
    for (const key of keysOf(word)) byKey.set(key, [...(byKey.get(key) ?? []), word]);
  }
  return (word) => {
    if (known.has(word) || word.length < MIN_SLIP_CHARACTERS || word.length > 24 || !/^\p{L}+$/u.test(word))
      return word;
    const candidates = new Set([...keysOf(word)].flatMap((key) => byKey.get(key) ?? []));
    const near = [...candidates].filter((other) => other[0] === word[0] && isOneSlipAway(word, other));
    return near.length === 1 ? (near[0] ?? word) : word;
  };
}

function keysOf(word: string): Set<string> {
  const keys = new Set([word]);
  for (let at = 0; at < word.length; at += 1) keys.add(word.slice(0, at) + word.slice(at + 1));
  return keys;
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

/** At least two words (or `least`) that name something: "set of 2" and "26 cm" do not. */
function isNamed(words: readonly Word[], least = MIN_SHARED_WORDS): boolean {
  return words.filter(({ text }) => /^\p{L}/u.test(text) && !NOT_A_NAME.has(text)).length >= least;
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

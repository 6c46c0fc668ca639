import { wordsOf } from './words.js';

/** Words of questions that articles rarely have but customers mistype. */
const COMMON = [
  'how',
  'long',
  'where',
  'when',
  'what',
  'which',
  'start',
  'have',
  'send',
  'back',
  'want',
  'does',
  'take',
  'need',
];
const MIN_LETTERS = 3;

/**
 * Puts typing errors right: a word nobody knows becomes the known word one slip away (a letter too many, too few, wrong, or two swapped:
 * Damerau, 1964). Words with digits, known words and words with several equally near neighbours of different sense stay as they are.
 */
export function correctSpelling(text: string, vocabulary: ReadonlySet<string>): string {
  const known = new Set([...vocabulary, ...COMMON]);
  return text.replace(/\p{L}+/gu, (word) => {
    const [plain] = wordsOf(word);
    if (plain === undefined || plain.length < MIN_LETTERS || known.has(plain)) return word;
    const near = [...known].filter((other) => other.length >= 4 && isOneSlipAway(plain, other));
    // A swap is the most likely slip; among others the word with the same beginning.
    const best = near.find((other) => isSwap(plain, other)) ?? near.find((other) => other[0] === plain[0]);
    return best ?? word;
  });
}

export function isOneSlipAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  if (isSwap(a, b)) return true;
  if (a.length === b.length) return a.slice(at + 1) === b.slice(at + 1);
  return a.length > b.length ? a.slice(at + 1) === b.slice(at) : a.slice(at) === b.slice(at + 1);
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return at >= 0 && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

import type { Correction } from '../intent-classifier.js';

/** Finds typing errors in a text. */
export interface SpellingCorrector {
  corrections(text: string): Correction[];
}

export interface SpellingDeps {
  /** Texts that hold the words to correct to, with the frequency customers use them. */
  readonly texts: readonly string[];
  /** Whether a word is right although no text holds it. */
  readonly isKnownWord: (word: string) => boolean;
}

const MIN_LETTERS = 4;
const MAX_LETTERS = 24;
/** In longer words two slips still leave one word to mean. */
const TWO_SLIPS_FROM = 8;
/** A word seen once in a few hundred examples is no reason to doubt what was written, unless two letters are swapped. */
const MIN_FREQUENCY = 2;
const MAX_CORRECTIONS = 40;
const MAX_CHARACTERS = 4000;

/** How likely a slip of each kind is against the others. */
const SWAPPED = 3;
const MISSING_OR_EXTRA = 2;
const OTHER = 1;

/**
 * Corrects towards the words of the texts. A word that is neither in them nor known otherwise is taken for the word of the same first
 * letter that is one slip away (two letters swapped, one missing, one too many, one wrong; Damerau 1964), two slips in long words; the
 * likelier slip first, then the more frequent word. Rare right words may be taken for errors: for finding and recognising, not for showing.
 */
export function createSpellingCorrector({ texts, isKnownWord }: SpellingDeps): SpellingCorrector {
  const frequency = new Map<string, number>();
  for (const text of texts)
    for (const word of lettersOf(text)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const byFirstLetter = new Map<string, string[]>();
  for (const word of frequency.keys()) {
    const first = word.charAt(0);
    byFirstLetter.set(first, [...(byFirstLetter.get(first) ?? []), word]);
  }

  const isRight = (word: string): boolean =>
    [word, ...baseForms(word)].some((form) => frequency.has(form) || isKnownWord(form));

  function meant(word: string): string | null {
    let best: string | null = null;
    let bestValue = 0;
    for (const candidate of byFirstLetter.get(word.charAt(0)) ?? []) {
      const maxSlips = word.length >= TWO_SLIPS_FROM ? 2 : 1;
      if (candidate.length < MIN_LETTERS || Math.abs(candidate.length - word.length) > maxSlips) continue;
      const slips = slipsBetween(word, candidate);
      if (slips > maxSlips) continue;
      const kind = slips > 1 ? OTHER : kindOfSlip(word, candidate);
      const count = frequency.get(candidate) ?? 0;
      if (count < MIN_FREQUENCY && kind !== SWAPPED) continue;
      const value = kind / slips + Math.min(0.9, count / 1000);
      if (value > bestValue) [best, bestValue] = [candidate, value];
    }
    return best;
  }

  return {
    corrections(text) {
      const found = new Map<string, string>();
      for (const word of new Set(lettersOf(withoutNames(text.slice(0, MAX_CHARACTERS))))) {
        if (found.size >= MAX_CORRECTIONS) break;
        if (word.length < MIN_LETTERS || isRight(word)) continue;
        const right = meant(word);
        if (right !== null) found.set(word, right);
      }
      return [...found];
    },
  };
}

/** Words with digits, apostrophes or letters beyond a to z are left alone. */
const WORD = /(?<![\p{L}\p{N}'\u2019-])[a-z]+(?![\p{L}\p{N}'\u2019-])/giu;

function lettersOf(text: string): string[] {
  return (text.match(WORD) ?? [])
    .filter((word) => word.length <= MAX_LETTERS)
    .map((word) => word.toLowerCase());
}

/** A capital inside a sentence marks a name; names are nobody's typing errors. */
function withoutNames(text: string): string {
  return text.replace(/(?<=[\p{L}\p{N},;:)'"-]\s+)\p{Lu}\p{Ll}+/gu, ' ');
}

/** What the word may be an inflection of: "expires" is right when "expire" is. */
function baseForms(word: string): string[] {
  return ['s', 'es', 'd', 'ed', 'ing', 'ly'].flatMap((ending) => {
    const base = word.slice(0, -ending.length);
    return word.endsWith(ending) && base.length >= MIN_LETTERS - 1 ? [base] : [];
  });
}

function kindOfSlip(a: string, b: string): number {
  if (a.length !== b.length) return MISSING_OR_EXTRA;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const isSwap = a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return isSwap ? SWAPPED : OTHER;
}

/** Optimal string alignment distance. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let slips = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        slips = Math.min(slips, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

import { eng } from 'stopword';

import type { Team } from '../../../shared/domain/team.js';

/** Puts right words the team knows and the customer mistyped; leaves all others as they are. */
export interface SpellingCorrector {
  correct(text: string): string;
}

const MIN_LETTERS = 4;
/** In longer words two slips still leave one word to mean. */
const TWO_SLIPS_FROM = 8;
const MAX_CHARACTERS = 4000;
/** Words of two letters and more that customers do mistype, and that no team lists. */
const COMMON =
  'from form want have with this that what when where which would could should there their your know back send sent start still how long about because before after please thanks return unused bedroom bright money never again until receive received friend address which really until tomorrow different believe separate';

/**
 * Learns the words of the team's intents, products and off-topic examples. A word it does not know is replaced by the one
 * known word that is one slip away (a letter too many, missing, wrong, or two swapped; Damerau 1964), same first letter; a swap
 * is taken before other slips, a frequent word before a rare one. Words right in English but unknown to the team may be
 * replaced too, so the result is for finding, never for showing.
 */
export function createSpellingCorrector(
  team: Pick<Team, 'intents' | 'outOfScope' | 'profile'>,
): SpellingCorrector {
  const counts = new Map<string, number>();
  const learn = (text: string, weight: number): void => {
    for (const word of lettersOf(text)) counts.set(word, (counts.get(word) ?? 0) + weight);
  };
  for (const { name, description, examples } of team.intents)
    for (const text of [name, description, ...examples]) learn(text, 1);
  for (const text of [...team.profile.products, ...team.outOfScope]) learn(text, 1);
  // Right words stay right, but are seldom what a slip meant.
  for (const word of eng) learn(word, 0.5);
  learn(COMMON, 2);

  const bySkeleton = new Map<string, string[]>();
  for (const word of counts.keys()) {
    if (word.length < MIN_LETTERS) continue;
    for (const skeleton of skeletonsOf(word)) {
      const words = bySkeleton.get(skeleton);
      if (words) words.push(word);
      else bySkeleton.set(skeleton, [word]);
    }
  }
  const remembered = new Map<string, string | null>();

  function meant(word: string): string | null {
    const candidates = new Set(skeletonsOf(word).flatMap((skeleton) => bySkeleton.get(skeleton) ?? []));
    let best: string | null = null;
    let bestValue = 0;
    for (const candidate of candidates) {
      if (candidate[0] !== word[0]) continue;
      const slips = slipsBetween(word, candidate);
      if (slips > (word.length >= TWO_SLIPS_FROM ? 2 : 1)) continue;
      const frequency = counts.get(candidate) ?? 0;
      // One word in a few hundred examples is no reason to doubt what was written.
      if (frequency < 2 && !isSwap(word, candidate)) continue;
      const value = (isSwap(word, candidate) ? 1000 : 0) + frequency / slips;
      if (value > bestValue) [best, bestValue] = [candidate, value];
    }
    return best;
  }

  return {
    correct: (text) =>
      text.slice(0, MAX_CHARACTERS).replace(/\p{L}[\p{L}']*/gu, (written) => {
        const word = written.toLowerCase();
        if (word.length < MIN_LETTERS || counts.has(word) || /[^a-z]/u.test(word)) return written;
        let right = remembered.get(word);
        if (right === undefined) remembered.set(word, (right = meant(word)));
        if (remembered.size > 5000) remembered.clear();
        return right ?? written;
      }),
  };
}

function lettersOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z]{2,24}/gu) ?? [];
}

/** The word and all words with one letter left out: two words one slip apart share one of these. */
function skeletonsOf(word: string): string[] {
  return [word, ...Array.from(word, (_, i) => word.slice(0, i) + word.slice(i + 1))];
}

function isSwap(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at < a.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Optimal string alignment distance; words are at most 24 letters. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let slips = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, (beforeLast[j - 2] ?? 0) + 1);
      row.push(slips);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

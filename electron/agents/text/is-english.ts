import { ces, dan, deu, fin, fra, ita, nld, nob, pol, por, spa, swe } from 'stopword';

import { wordsOf } from './words.js';

const ENGLISH = new Set(
  `the a an and or but of to in on at for from with by is are was be been have has had do does did not you your we our us it this that these
  those if when will can may must should would could i my me they their there here as so than then which who what how`.split(
    /\s+/,
  ),
);
const others = [ces, dan, deu, fin, fra, ita, nld, nob, pol, por, spa, swe].map((words) => new Set(words));
/** A short English sentence may share a word or two with another language. */
const MARGIN = 3;
const LATIN = /\p{Script=Latin}/u;

/**
 * Whether a reply is English, by the small words it has: English unless another language has clearly more of its own in it. A text without any is
 * English when its letters are Latin; numbers alone are.
 */
export function isEnglish(text: string): boolean {
  const words = wordsOf(text).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return true;
  if (!words.some((word) => LATIN.test(word))) return false;
  const count = (known: ReadonlySet<string>): number => words.filter((word) => known.has(word)).length;
  const english = count(ENGLISH);
  return others.every((known) => count(known) < english + MARGIN);
}

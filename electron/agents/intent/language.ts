import { detectAll } from 'tinyld';

import { languagesWithWords, scoreByWords } from './language-words.js';
import { languageOfScript } from './script-language.js';

/** Fewer letters or words say too little. */
const MIN_LETTERS = 8;
const MIN_WORDS = 2;
const MAX_CHARACTERS = 1500;
/** What letters (tinyld) count beside words, whose score is 0 to 4. */
const LETTER_WEIGHT = 0.5;
/** The team's languages go first: typing errors are more frequent than foreign languages. */
const HOME_BONUS = 0.3;
/** Seldom written to a European shop, and close to more frequent ones. */
const SELDOM = new Set(['sk', 'hr', 'ca', 'id', 'sw']);
const SELDOM_MALUS = 0.15;

/**
 * The language of one text as ISO 639-1 code; `und` when it is too short or has no words.
 *
 * Addresses, numbers and codes are left out of account. Other scripts are told by their letters, languages in Latin script by letter n-grams
 * (tinyld) and by the small words each language has. Latin text that fits no language is taken for the team's first one.
 * The weights were chosen on the `dev` half of evals/datasets/language.jsonl (docs/understanding.md).
 */
export function detectLanguage(text: string, teamLanguages: readonly string[]): string {
  const plain = wordsOnly(text);
  const letters = count(plain, /\p{L}/gu);
  if (letters === 0) return 'und';
  if (count(plain, /\p{Script=Latin}/gu) < letters / 2) return inOtherScript(plain, letters);

  const words = plain.toLowerCase().replaceAll('\u2019', "'").split(' ');
  if (letters < MIN_LETTERS || words.length < MIN_WORDS) return 'und';
  const byWords = scoreByWords(words);
  // Letters alone cannot tell two words.
  if (words.length === MIN_WORDS && byWords.size === 0) return 'und';
  return bestLanguage(byLetters(plain, teamLanguages), byWords, teamLanguages) ?? teamLanguages[0] ?? 'und';
}

/** Letter n-grams as 0 to 1, the best language having 1: tinyld's own figures shrink with the length of the text. */
function byLetters(plain: string, teamLanguages: readonly string[]): ReadonlyMap<string, number> {
  const only = [...new Set([...languagesWithWords, ...teamLanguages])];
  const found = detectAll(plain, { only });
  const most = found[0]?.accuracy ?? 1;
  return new Map(found.map(({ lang, accuracy }) => [lang, accuracy / most]));
}

function bestLanguage(
  letters: ReadonlyMap<string, number>,
  words: ReadonlyMap<string, number>,
  teamLanguages: readonly string[],
): string | null {
  let best: string | null = null;
  let most = 0;
  for (const language of new Set([...teamLanguages, ...letters.keys(), ...words.keys()])) {
    const bonus = teamLanguages.includes(language) ? HOME_BONUS : SELDOM.has(language) ? -SELDOM_MALUS : 0;
    const score = LETTER_WEIGHT * (letters.get(language) ?? 0) + (words.get(language) ?? 0) + bonus;
    if (score > most) [best, most] = [language, score];
  }
  return best;
}

/** The text without links, addresses, numbers, codes, signs and emoji. */
function wordsOnly(text: string): string {
  return text
    .slice(0, MAX_CHARACTERS)
    .replace(/\S*[@/\\_\d{}<>=]\S*/gu, ' ')
    .replace(/[^\p{L}\p{M}\s'\u2019]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

function inOtherScript(plain: string, letters: number): string {
  const found = languageOfScript(plain);
  if (found !== null) return found;
  return letters < 4 ? 'und' : (detectAll(plain)[0]?.lang ?? 'und');
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const names = new Intl.DisplayNames(['en'], { type: 'language' });

/** The English name of a language code. */
export function languageName(code: string): string {
  return names.of(code) ?? code;
}

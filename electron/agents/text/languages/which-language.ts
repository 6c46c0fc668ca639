import { detectLanguage } from '../../intent/language.js';
import { isEnglish } from '../is-english.js';
import { asCompared } from './language-words.js';
import { readerOf } from './words-of-language.js';

/** A text with these is English, whatever names it has in it. */
const PLAINLY_ENGLISH = /\b(?:the|is|are|you|your|and|of|to|we|it|can|will|with|by|be)\b/giu;
const MIN_PLAIN = 2;
/** Small words English has as well. */
const SHARED = new Set(
  'a an in is as at on so no do me we to of or all am are was war over per be he die den hat most van'.split(
    ' ',
  ),
);
const NOT_ENGLISH_LETTERS = /[^\p{ASCII}’‘“”–—€£°…\s]/u;

/**
 * The language of a text, ISO 639-1; `und` where it has too few words to tell. A text that reads as English is English; what has none of its small
 * words is told by {@link detectLanguage}, since a short sentence of another language has too few to be recognised by them, as long as a small
 * word or letter of its own bears it out.
 * @param likely gives languages to prefer where a text is too short to tell.
 */
export function whichLanguage(text: string, likely: () => readonly string[] = () => []): string {
  if (!isEnglish(text)) return detectLanguage(text, ['en', ...likely()]);
  if ((text.match(PLAINLY_ENGLISH)?.length ?? 0) >= MIN_PLAIN) return 'en';
  const preferred = likely();
  const found = detectLanguage(text, ['en', ...preferred]);
  const isBorneOut = preferred.includes(found) || NOT_ENGLISH_LETTERS.test(text) || hasOwnWords(text, found);
  return found !== 'und' && isBorneOut ? found : 'en';
}

function hasOwnWords(text: string, language: string): boolean {
  const compared = asCompared(language);
  if (compared === null || compared === 'en') return false;
  const { stopwords } = readerOf(compared);
  return (text.toLowerCase().match(/\p{L}+/gu) ?? []).some(
    (word) => stopwords.has(word) && !SHARED.has(word),
  );
}

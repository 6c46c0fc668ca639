import { detectLanguage } from '../../intent/language.js';
import { isEnglish } from '../is-english.js';

/** A text with these is English, whatever names it has in it. */
const PLAINLY_ENGLISH = /\b(?:the|is|are|you|your|and|of|to|we|it|can|will|with|by|be)\b/giu;
const MIN_PLAIN = 2;

/**
 * The language of a text, ISO 639-1; `und` where it has too few words to tell. A text that reads as English is English; what has none of its small
 * words is told by {@link detectLanguage}, since a short sentence of another language has too few to be recognised by them.
 */
export function whichLanguage(text: string, likely: readonly string[] = []): string {
  const isEnglishLike = isEnglish(text);
  if (isEnglishLike && (text.match(PLAINLY_ENGLISH)?.length ?? 0) >= MIN_PLAIN) return 'en';
  const found = detectLanguage(text, ['en', ...likely]);
  return found === 'und' && isEnglishLike ? 'en' : found;
}

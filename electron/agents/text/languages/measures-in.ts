import { measuresOf, type Measure } from '../measures.js';
import { inEnglish } from './in-english.js';
import type { ComparedLanguage } from './language-words.js';
import { readerOf } from './words-of-language.js';

/** Every number of a text in its language with unit and bound, as {@link measuresOf} gives them; places are those of the text. */
export function measuresIn(text: string, language: ComparedLanguage): Measure[] {
  if (language === 'en') return measuresOf(text);
  const read = inEnglish(text, readerOf(language).words);
  return measuresOf(read.text).map((measure) => ({
    ...measure,
    start: read.placeOf(measure.start, false),
    stop: read.placeOf(measure.stop, true),
  }));
}

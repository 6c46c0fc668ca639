import { stemmer as dutchStemmer } from '@orama/stemmers/dutch';
import { stemmer as frenchStemmer } from '@orama/stemmers/french';
import { stemmer as germanStemmer } from '@orama/stemmers/german';
import { stemmer as italianStemmer } from '@orama/stemmers/italian';
import { stemmer as portugueseStemmer } from '@orama/stemmers/portuguese';
import { stemmer as spanishStemmer } from '@orama/stemmers/spanish';
import { deu, fra, ita, nld, por, spa } from 'stopword';

import { dutch } from './dutch.js';
import { english } from './english.js';
import { french } from './french.js';
import { german } from './german.js';
import { italian } from './italian.js';
import type { ComparedLanguage, LanguageWords, PolarityWords, ReadLanguage } from './language-words.js';
import { portuguese } from './portuguese.js';
import { spanish } from './spanish.js';

interface Reader {
  readonly words: LanguageWords;
  /** Snowball stemmer (Porter, 2001) of the language, from `@orama/stemmers`. */
  readonly stem: (word: string) => string;
  /** Words that carry no topic, from `stopword`. */
  readonly stopwords: ReadonlySet<string>;
}

const readers: Readonly<Record<ReadLanguage, Reader>> = {
  de: { words: german, stem: germanStemmer, stopwords: new Set(deu) },
  fr: { words: french, stem: frenchStemmer, stopwords: new Set(fra) },
  es: { words: spanish, stem: spanishStemmer, stopwords: new Set(spa) },
  it: { words: italian, stem: italianStemmer, stopwords: new Set(ita) },
  nl: { words: dutch, stem: dutchStemmer, stopwords: new Set(nld) },
  pt: { words: portuguese, stem: portugueseStemmer, stopwords: new Set(por) },
};

export function readerOf(language: ReadLanguage): Reader {
  return readers[language];
}

export function polarityWords(language: ComparedLanguage): PolarityWords {
  return language === 'en' ? english.polarity : readers[language].words.polarity;
}

/** "German": for what the rep reads. */
export function languageName(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
}

import type { ReadLanguage } from '../../text/languages/language-words.js';
import { measuresIn } from '../../text/languages/measures-in.js';
import { readerOf } from '../../text/languages/words-of-language.js';
import type { Measure } from '../../text/measures.js';
import type { PoolUnit } from '../evidence-pool.js';

/** A text read in its language: what it is compared by. */
export interface ReadText {
  readonly text: string;
  /** Stems of its words with a topic, each once, accents folded. */
  readonly stems: readonly string[];
  readonly known: ReadonlySet<string>;
  readonly measures: readonly Measure[];
}

/** A place of the evidence beside a claim. */
export interface RankedUnit {
  readonly unit: PoolUnit;
  readonly own: ReadText;
  /** Share of the claim's words it has, with its headings, 0 to 1. */
  readonly recall: number;
  /** `recall`, with a little for a unit that says nothing else. */
  readonly score: number;
}

const cache = new Map<string, ReadText>();
const MAX_CACHED = 2_000;
const MIN_PART = 5;
const MIN_PREFIX = 4;
const PREFIX_SHARE = 0.65;
/** One word within a compound ("Rückgabefrist", "Frist"), or of one family ("livré", "livraison"), says less than the word itself. */
const PART = 0.8;
const FAMILY = 0.65;

/** Reads a text; the same one is read once. */
export function readInLanguage(text: string, language: ReadLanguage): ReadText {
  const key = `${language}\n${text}`;
  const known = cache.get(key);
  if (known) return known;
  const { stem, stopwords } = readerOf(language);
  const measures = measuresIn(text, language);
  let open = text;
  for (const { start, stop } of measures)
    open = open.slice(0, start) + ' '.repeat(stop - start) + open.slice(stop);
  const words = open.toLowerCase().match(/\p{L}[\p{L}\p{M}]+/gu) ?? [];
  const stems = [...new Set(words.filter((word) => !stopwords.has(word)).map((word) => folded(stem(word))))];
  const read = { text, stems, known: new Set(stems), measures };
  if (cache.size >= MAX_CACHED) cache.clear();
  cache.set(key, read);
  return read;
}

function folded(word: string): string {
  return word.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}

/** How far a text has a word, 0 to 1. */
export function coverOfStem(stem: string, { known, stems }: ReadText): number {
  if (known.has(stem)) return 1;
  let best = 0;
  for (const other of stems) {
    const [short, long] = stem.length <= other.length ? [stem, other] : [other, stem];
    if (short.length >= MIN_PART && long.includes(short)) return PART;
    if (commonPrefix(stem, other) >= Math.max(MIN_PREFIX, PREFIX_SHARE * long.length)) best = FAMILY;
  }
  return best;
}

function commonPrefix(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

/** Share of the words of `part` a text has, or one it is read under, 0 to 1; 1 for a part without words. */
export function coverOfText(part: ReadText, whole: ReadText, context: ReadText | null = null): number {
  if (part.stems.length === 0) return 1;
  const found = part.stems.map((stem) =>
    Math.max(coverOfStem(stem, whole), context ? 0.7 * coverOfStem(stem, context) : 0),
  );
  return found.reduce((sum, one) => sum + one, 0) / part.stems.length;
}

import type { CandidateRow } from '../store/candidate-reader.js';
import { stemsOf } from './coverage.js';
import { letterRunsOf } from './letters.js';
import { stemOf } from './stems.js';
import { isStopWord } from './stop-words.js';
import { wordsOf } from './words.js';

/** The words of a passage in the forms ranking compares. */
export interface ChunkWords {
  /** Stems and codes of title, headings and passage. */
  readonly all: ReadonlySet<string>;
  /** Stems and codes of title and headings. */
  readonly about: ReadonlySet<string>;
  readonly pairs: ReadonlySet<string>;
  readonly title: TitleWords;
}

export interface TitleWords {
  /** Telling stems. */
  readonly stems: readonly string[];
  readonly pairs: ReadonlySet<string>;
  readonly letters: ReadonlySet<string>;
}

const cache = new Map<string, ChunkWords>();
const titles = new Map<string, TitleWords>();
const CACHE_SIZE = 4000;

/** The words of a candidate; kept under its hash, which names title, headings and words, for the next search. */
export function chunkWords(row: CandidateRow): ChunkWords {
  return remember(cache, row.hash, () => {
    const about = `${row.title} ${row.headingPath.join(' ')}`;
    return {
      all: stemsOf(`${about} ${row.body}`),
      about: stemsOf(about),
      pairs: pairsOf(row.body),
      title: titleWords(row.title),
    };
  });
}

function titleWords(title: string): TitleWords {
  return remember(titles, title, () => ({
    stems: [
      ...new Set(
        wordsOf(title)
          .filter((word) => !isStopWord(word))
          .map(stemOf),
      ),
    ],
    pairs: pairsOf(title),
    letters: letterRunsOf(title),
  }));
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found) return found;
  if (known.size >= CACHE_SIZE) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}

/** Neighbouring words as stems, at least one of them telling: `light blue`, `blue account`. */
export function pairsOf(
  text: string,
  correct: (word: string) => string = (word) => word,
): ReadonlySet<string> {
  const words = wordsOf(text).map(correct);
  const pairs = new Set<string>();
  for (let at = 0; at + 1 < words.length; at++) {
    const [first = '', second = ''] = words.slice(at, at + 2);
    if (!isStopWord(first) || !isStopWord(second)) pairs.add(`${stemOf(first)} ${stemOf(second)}`);
  }
  return pairs;
}

import type { Sqlite } from '../store/sqlite.js';
import { createSpelling, type Spelling } from './spelling.js';
import { stopWords } from './stop-words.js';

/** The spelling of all words the articles ever used, as it was when it was last refreshed. */
export interface KnownSpelling {
  current(): Spelling;
  /** Takes over words that came. They are only ever added, so an equal number of them are the same ones. */
  refresh(): void;
}

export function createKnownSpelling(reader: Sqlite): KnownSpelling {
  const words = reader.prepare<{ word: string }>('SELECT word FROM words');
  const count = reader.prepare<{ n: number }>('SELECT count(*) AS n FROM words');
  let known = -1;
  let spelling = createSpelling([]);
  const refresh = (): void => {
    const now = count.get()?.n ?? 0;
    if (now === known) return;
    known = now;
    spelling = createSpelling([...stopWords, ...words.all().map(({ word }) => word)]);
  };
  refresh();
  return { current: () => spelling, refresh };
}

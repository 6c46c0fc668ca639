import type { Sqlite } from '../store/sqlite.js';
import type { QueryTerm } from './query.js';
import type { Scope } from './scope.js';

/** Full-text search over title, headings, words and codes of all passages. */
export interface LexicalSearch {
  /**
   * Ids of at most `limit` chunks of the scope, best first (BM25).
   * @param effort how much of the time of one search it may take, 0 to 1: with less, only the most telling words are asked for.
   */
  find(terms: readonly QueryTerm[], limit: number, scope: Scope, effort?: number): number[];
  /** How many passages hold a stem, or an identifier in its indexed form. */
  passagesWith(stem: string): number;
}

/** BM25 weights of title, headings, body, identifiers. More for titles found less on the public sets: the re-ranker judges titles. */
const RANK = 'bm25(1.0, 1.0, 1.0, 8.0)';
/** Most searches accept nearly all they find; only when they do not, everything is ranked. */
const FIRST_LOOK = 400;
/** Full-text search computes a score for every passage with any of the words, about a microsecond each. */
const MAX_RANKED = 10_000;

export function createLexicalSearch(database: Sqlite): LexicalSearch {
  const matches = database.prepare<{ rowid: number }>(
    `SELECT rowid FROM passages WHERE passages MATCH ? AND rank MATCH '${RANK}' ORDER BY rank LIMIT ?`,
  );
  // CROSS JOIN keeps the order of the loops: each of the few is looked up in the full-text index.
  const amongFew = database.prepare<{ rowid: number }>(
    `SELECT p.rowid FROM json_each(?) AS wanted CROSS JOIN passages AS p
     WHERE p.rowid = wanted.value AND p.passages MATCH ? ORDER BY bm25(p.passages, 1.0, 1.0, 1.0, 8.0) LIMIT ?`,
  );
  const term = database.prepare<{ doc: number }>('SELECT doc FROM passage_terms WHERE term = ?');

  const passagesWith = (stem: string): number => term.get([stem])?.doc ?? 0;

  /** The words to ask for, most telling first, until they stand in so many passages that ranking them takes too long. */
  const wordsOf = (terms: readonly QueryTerm[], most: number): string[] => {
    const words = new Set<string>();
    let found = 0;
    for (const { word, stem, isKnown, alternatives } of terms) {
      for (const form of isKnown ? [{ word, stem }, ...alternatives] : alternatives) {
        if (words.has(form.word)) continue;
        found += passagesWith(form.stem);
        if (words.size > 0 && found > most) return [...words];
        words.add(form.word);
      }
    }
    return [...words];
  };

  const look = (match: string, depth: number, limit: number, accept: (chunkId: number) => boolean) => {
    const found = matches.all([match, depth]);
    const accepted = found.map(({ rowid }) => rowid).filter(accept);
    return { ids: accepted.slice(0, limit), isAll: found.length < depth || accepted.length >= limit };
  };

  return {
    find(terms, limit, { accept, only }, effort = 1) {
      if (only?.length === 0) return [];
      const match = matchOf(wordsOf(terms, only ? Infinity : MAX_RANKED * effort));
      if (match === '') return [];
      if (only) return amongFew.all([JSON.stringify(only), match, limit]).map(({ rowid }) => rowid);
      const first = look(match, FIRST_LOOK, limit, accept);
      return first.isAll ? first.ids : look(match, Number.MAX_SAFE_INTEGER, limit, accept).ids;
    },
    passagesWith,
  };
}

/** Words hold letters and digits only and stand in quotes, so nothing in them is read as FTS5 syntax. */
function matchOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(' OR ');
}

import { createHash } from 'node:crypto';

import type { DuplicatePassage, PassagePlace } from '../../../shared/domain/knowledge-source.js';
import { wordsOf } from '../search/words.js';
import type { Sqlite } from '../store/sqlite.js';
import { createWorkSlices } from '../work-slices.js';
import { nearPairs } from './near-pairs.js';
import { jaccard, shinglesOf, SIGNATURE_LENGTH, writeSignature } from './min-hash.js';

/** "Yes." and "Contact support." are no duplicates worth a look. */
const MIN_WORDS = 8;
const NEAR_SIMILARITY = 0.8;
/** What a report lists; all are counted. */
const LISTED = 1000;
const PAGE_SIZE = 1000;
const REMEMBERED = 100;

export interface FoundDuplicates {
  /** Most similar first. */
  readonly duplicates: DuplicatePassage[];
  readonly duplicateCount: number;
}

interface PassageRow {
  readonly id: number;
  readonly articleId: string;
  readonly body: string;
}

/**
 * Finds passages of different articles that say the same, word for word or nearly (Jaccard of five-word shingles 0.8 or
 * more). A passage is named once, with the first one it repeats. Past conversations are left out: customers repeat each
 * other. Memory: about 300 bytes a passage; runs in slices.
 */
export async function findDuplicates(database: Sqlite): Promise<FoundDuplicates> {
  // A cross join is read in the order it is written: from the articles on, each page would sort all passages.
  const rows = database.prepare<PassageRow>(`
    SELECT c.id, c.article_id AS articleId, p.body FROM chunks c
    CROSS JOIN articles a ON a.id = c.article_id CROSS JOIN passages p ON p.rowid = c.id
    WHERE a.pool = 'articles' AND c.id > ? ORDER BY c.id LIMIT ${PAGE_SIZE}`);
  const total = database.prepare<{ n: number }>(`SELECT count(*) AS n FROM chunks`).get()?.n ?? 0;
  const bodyOf = database.prepare<{ body: string }>('SELECT body FROM passages WHERE rowid = ?');
  const slices = createWorkSlices();

  const ids = new Int32Array(total);
  const articles: string[] = [];
  const signatures = new Uint32Array(total * SIGNATURE_LENGTH);
  const firstWith = new Map<string, number>();
  const found: { kind: 'exact' | 'near'; similarity: number; first: number; second: number }[] = [];
  let count = 0;
  const note = (pair: (typeof found)[number]): void => {
    count++;
    if (found.length < LISTED) found.push(pair);
  };

  let size = 0;
  for (let page = rows.all([0]); page.length > 0; page = rows.all([page.at(-1)?.id ?? Infinity])) {
    for (const { id, articleId, body } of page) {
      const words = wordsOf(body);
      if (words.length < MIN_WORDS || size >= total) continue;
      const text = createHash('sha256').update(words.join(' ')).digest('base64').slice(0, 22);
      const first = firstWith.get(text);
      if (first !== undefined) {
        // The same words twice in one article are its own affair, and nothing near either.
        if (articles[first] !== articleId)
          note({ kind: 'exact', similarity: 1, first: ids[first] ?? 0, second: id });
        continue;
      }
      firstWith.set(text, size);
      ids[size] = id;
      articles.push(articleId);
      writeSignature(shinglesOf(body), signatures, size);
      size++;
      if (slices.isOver()) await slices.next();
    }
  }
  firstWith.clear();

  const shinglesAt = remember((row) => shinglesOf(bodyOf.get([ids[row] ?? 0])?.body ?? ''));
  const named = new Set<number>();
  for (const [first, second] of nearPairs(signatures, size)) {
    if (slices.isOver()) await slices.next();
    if (articles[first] === articles[second] || named.has(second)) continue;
    const similarity = jaccard(shinglesAt(first), shinglesAt(second));
    if (similarity < NEAR_SIMILARITY) continue;
    named.add(second);
    note({ kind: 'near', similarity, first: ids[first] ?? 0, second: ids[second] ?? 0 });
  }
  const placeOf = createPlaces(database);
  return {
    duplicates: found
      .sort((a, b) => b.similarity - a.similarity)
      .map(({ kind, similarity, first, second }) => ({
        kind,
        similarity: Math.round(similarity * 1000) / 1000,
        first: placeOf(first),
        second: placeOf(second),
      })),
    duplicateCount: count,
  };
}

/** Pairs come with their neighbours, so the newest answers are asked for again. */
function remember(read: (row: number) => ReadonlySet<number>): (row: number) => ReadonlySet<number> {
  const newest = new Map<number, ReadonlySet<number>>();
  return (row) => {
    const known = newest.get(row) ?? read(row);
    newest.delete(row);
    newest.set(row, known);
    const [oldest] = newest.keys();
    if (newest.size > REMEMBERED && oldest !== undefined) newest.delete(oldest);
    return known;
  };
}

function createPlaces(database: Sqlite): (chunkId: number) => PassagePlace {
  const place = database.prepare<{ articleId: string; articleTitle: string; start: number; end: number }>(`
    SELECT c.article_id AS articleId, a.title AS articleTitle, c.span_start AS start, c.span_end AS end
    FROM chunks c JOIN articles a ON a.id = c.article_id WHERE c.id = ?`);
  return (chunkId) => {
    const { articleId = '', articleTitle = '', start = 0, end = 0 } = place.get([chunkId]) ?? {};
    return { articleId, articleTitle, span: { start, end } };
  };
}

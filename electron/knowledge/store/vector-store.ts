import { inTransaction, type Sqlite } from './sqlite.js';
import { createVectorList, titleKey, type VectorList, type VectorListKey } from './vector-list.js';

/** A vector under the hash of its passage, or under the {@link titleKey} of a title. */
export interface StoredVector {
  readonly hash: string;
  readonly vector: Float32Array;
}

/** A stored passage in words. */
export interface StoredPassage {
  readonly hash: string;
  readonly title: string;
  readonly headings: string;
  readonly body: string;
}

/** Vectors by hash and embedder, as 32-bit floats in the byte order all supported machines share (little-endian). */
export interface VectorStore {
  /** Which of the hashes have no vector of this embedder yet, each once. */
  missing(hashes: readonly string[], embedderId: string): string[];
  /** Keeps vectors at once, in a transaction of their own: an import that is killed does not embed them again. */
  keep(rows: readonly StoredVector[], embedderId: string): void;
  /** The same inside a transaction the caller holds. */
  put(rows: readonly StoredVector[], embedderId: string): void;
  /** Stored passages that have no vector of this embedder. */
  passagesWithout(embedderId: string): StoredPassage[];
  /** Titles of stored articles that have no vector of this embedder, each once. */
  titlesWithout(embedderId: string): string[];
  list(key: VectorListKey): VectorList;
  /** Which embedders have vectors. */
  embedders(): string[];
  /** Drops some vectors of an embedder. @returns false when none is left. */
  dropSome(embedderId: string): boolean;
}

/** Rows dropped at a time. */
const PAGE_SIZE = 2000;

export function createVectorStore(reader: Sqlite, writer: Sqlite): VectorStore {
  const known = reader.prepare<{ hash: string }>('SELECT hash FROM vectors WHERE embedder = ? AND hash = ?');
  const put = writer.prepare('INSERT OR IGNORE INTO vectors (hash, embedder, vector) VALUES (?, ?, ?)');
  const passages = reader.prepare<StoredPassage>(`
    SELECT c.hash, p.title, p.headings, p.body FROM chunks c JOIN passages p ON p.rowid = c.id
    WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.embedder = ? AND v.hash = c.hash)`);
  const titles = reader.prepare<{ title: string }>(`
    SELECT DISTINCT a.title FROM articles a
    WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.embedder = ? AND v.hash = '${titleKey('')}' || a.title)`);
  const embedders = reader.prepare<{ embedder: string }>('SELECT DISTINCT embedder FROM vectors');
  const drop = writer.prepare(`
    DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM vectors WHERE embedder = ? LIMIT ${PAGE_SIZE})`);
  const putAll: VectorStore['put'] = (rows, embedderId) => {
    for (const { hash, vector } of rows) put.run([hash, embedderId, bytesOf(vector)]);
  };
  return {
    missing: (hashes, embedderId) => [...new Set(hashes)].filter((hash) => !known.get([embedderId, hash])),
    keep: (rows, embedderId) => inTransaction(writer, () => putAll(rows, embedderId)),
    put: putAll,
    passagesWithout: (embedderId) => passages.all([embedderId]),
    titlesWithout: (embedderId) => titles.all([embedderId]).map(({ title }) => title),
    list: (key) => createVectorList(reader, key),
    embedders: () => embedders.all().map(({ embedder }) => embedder),
    dropSome: (embedderId) => drop.run([embedderId]).changes > 0,
  };
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

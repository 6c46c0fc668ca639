import { pause } from '../cancellation.js';
import type { VectorSource } from '../index/knowledge-index.js';
import { inTransaction, type Sqlite } from './sqlite.js';

/** A chunk of the index and its vector's place in a flat list. */
export interface StoredVectors {
  /** Chunk ids, ascending. */
  readonly labels: readonly number[];
  /** One row of `dimensions` numbers per label. */
  readonly vectors: Float32Array;
}

/** A vector under the hash of its chunk. */
export interface StoredVector {
  readonly hash: string;
  readonly vector: Float32Array;
}

/** Vectors by chunk hash and embedder, as 32-bit floats in the byte order all supported machines share (little-endian). */
export interface VectorStore {
  /** Which of the hashes have no vector of this embedder yet, each once. */
  missing(hashes: readonly string[], embedderId: string): string[];
  /** Keeps vectors at once, in a transaction of their own: an import that is killed does not embed them again. */
  keep(rows: readonly StoredVector[], embedderId: string): void;
  /** Title, headings and words of stored chunks that have no vector of this embedder. */
  chunksWithout(
    embedderId: string,
  ): { readonly hash: string; readonly title: string; readonly headings: string; readonly body: string }[];
  /** How many chunks have a vector of this embedder. */
  count(embedderId: string): number;
  /** Whether so many have one; quicker than counting all. */
  hasAtLeast(wanted: number, embedderId: string): boolean;
  /** The vectors of all chunks that have one, in one turn: for what is small. */
  load(embedderId: string, dimensions: number): StoredVectors;
  /** The same over several turns, between which searches are answered. */
  loadInTurns(embedderId: string, dimensions: number): Promise<StoredVectors>;
  /** The same vectors, read as they are asked for. */
  source(embedderId: string, dimensions: number): VectorSource;
  /** Which embedders have vectors. */
  embedders(): string[];
  /** Drops some vectors of an embedder. @returns false when none is left. */
  dropSome(embedderId: string): boolean;
}

const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Rows read at a time, so that vectors are not all held twice. */
const PAGE_SIZE = 2000;
/** Fewer, since between two pages waiting searches get their turn. */
const SOURCE_PAGE_SIZE = 200;

export function createVectorStore(reader: Sqlite, writer: Sqlite): VectorStore {
  const known = reader.prepare<{ hash: string }>('SELECT hash FROM vectors WHERE embedder = ? AND hash = ?');
  const put = writer.prepare('INSERT OR IGNORE INTO vectors (hash, embedder, vector) VALUES (?, ?, ?)');
  const without = reader.prepare<{ hash: string; title: string; headings: string; body: string }>(`
    SELECT c.hash, p.title, p.headings, p.body FROM chunks c JOIN passages p ON p.rowid = c.id
    WHERE NOT EXISTS (SELECT 1 FROM vectors v WHERE v.embedder = ? AND v.hash = c.hash)`);
  const count = reader.prepare<{ n: number }>(`
    SELECT count(*) AS n FROM chunks c JOIN vectors v ON v.embedder = ? AND v.hash = c.hash`);
  const some = reader.prepare<{ n: number }>(`
    SELECT count(*) AS n FROM (
      SELECT 1 FROM chunks c JOIN vectors v ON v.embedder = ? AND v.hash = c.hash LIMIT ?)`);
  // libsql's `all` gives blobs as array buffers.
  const page = reader.prepare<{ id: number; vector: ArrayBuffer }>(`
    SELECT c.id, v.vector FROM chunks c JOIN vectors v ON v.embedder = ? AND v.hash = c.hash
    WHERE c.id > ? ORDER BY c.id LIMIT ${PAGE_SIZE}`);
  const labels = reader.prepare<{ id: number }>(`
    SELECT c.id FROM chunks c JOIN vectors v ON v.embedder = ? AND v.hash = c.hash ORDER BY c.id`);
  const wantedRows = reader.prepare<{ id: number; vector: ArrayBuffer }>(`
    SELECT c.id, v.vector FROM json_each(?) AS wanted JOIN chunks c ON c.id = wanted.value
    JOIN vectors v ON v.embedder = ? AND v.hash = c.hash`);
  const embedders = reader.prepare<{ embedder: string }>('SELECT DISTINCT embedder FROM vectors');
  const drop = writer.prepare(`
    DELETE FROM vectors WHERE rowid IN (SELECT rowid FROM vectors WHERE embedder = ? LIMIT ${PAGE_SIZE})`);

  /** A flat list that is filled page by page. */
  const createList = (embedderId: string, dimensions: number) => {
    const labels: number[] = [];
    const room = count.get([embedderId])?.n ?? 0;
    const vectors = new Float32Array(room * dimensions);
    const bytes = Buffer.from(vectors.buffer);
    let last = 0;
    return {
      /** @returns false when there was nothing left. */
      readPage(): boolean {
        const rows = page.all([embedderId, last]);
        for (const { id, vector } of rows) {
          // What another process adds meanwhile comes with its next generation.
          if (labels.length === room) return false;
          if (vector.byteLength !== dimensions * BYTES) continue;
          bytes.set(new Uint8Array(vector), labels.length * dimensions * BYTES);
          labels.push(id);
        }
        last = rows.at(-1)?.id ?? Infinity;
        return rows.length > 0;
      },
      vectors: (): StoredVectors => ({ labels, vectors: vectors.subarray(0, labels.length * dimensions) }),
    };
  };

  return {
    missing: (hashes, embedderId) => [...new Set(hashes)].filter((hash) => !known.get([embedderId, hash])),
    keep(rows, embedderId) {
      inTransaction(writer, () => {
        for (const { hash, vector } of rows) put.run([hash, embedderId, bytesOf(vector)]);
      });
    },
    count: (embedderId) => count.get([embedderId])?.n ?? 0,
    chunksWithout: (embedderId) => without.all([embedderId]),
    hasAtLeast: (wanted, embedderId) => (some.get([embedderId, wanted])?.n ?? 0) >= wanted,
    load(embedderId, dimensions) {
      const list = createList(embedderId, dimensions);
      while (list.readPage());
      return list.vectors();
    },
    async loadInTurns(embedderId, dimensions) {
      const list = createList(embedderId, dimensions);
      while (list.readPage()) await pause();
      return list.vectors();
    },
    source: (embedderId, dimensions) => ({
      labels: labels.all([embedderId]).map(({ id }) => id),
      dimensions,
      *rows(wanted) {
        for (let start = 0; start < wanted.length; start += SOURCE_PAGE_SIZE) {
          const ids = JSON.stringify(wanted.slice(start, start + SOURCE_PAGE_SIZE));
          for (const { id, vector } of wantedRows.all([ids, embedderId]))
            if (vector.byteLength === dimensions * BYTES)
              yield { label: id, vector: new Float32Array(vector) };
        }
      },
    }),
    embedders: () => embedders.all().map(({ embedder }) => embedder),
    dropSome: (embedderId) => drop.run([embedderId]).changes > 0,
  };
}

function bytesOf(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

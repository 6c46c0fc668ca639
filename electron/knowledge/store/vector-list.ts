import { pause } from '../cancellation.js';
import type { VectorSource } from '../index/knowledge-index.js';
import type { Sqlite } from './sqlite.js';

/** What a list of vectors is of. A title stands under the first passage of its article, so both kinds have passage ids as labels. */
export type VectorKind = 'passages' | 'titles';

/** Which vectors: of one kind and one embedder. */
export interface VectorListKey {
  readonly kind: VectorKind;
  readonly embedderId: string;
  readonly dimensions: number;
}

/** A passage of the index and its vector's place in a flat list. */
export interface StoredVectors {
  /** Passage ids, ascending. */
  readonly labels: readonly number[];
  /** One row of `dimensions` numbers per label. */
  readonly vectors: Float32Array;
}

/** The vectors of one kind and one embedder, as stored now. */
export interface VectorList {
  count(): number;
  /** Whether there are so many; quicker than counting all. */
  hasAtLeast(wanted: number): boolean;
  /** All of them in one turn: for what is small. */
  load(): StoredVectors;
  /** The same over several turns, between which searches are answered. */
  loadInTurns(): Promise<StoredVectors>;
  /** The same vectors, read as they are asked for. */
  source(): VectorSource;
}

/** What a title's vector is stored under, where a passage has the hash of its text. */
export const titleKey = (title: string): string => `title:${title}`;

/** `CROSS JOIN` keeps the order: an index on hashes must not tempt SQLite to begin with all vectors. */
const ROWS: Readonly<Record<VectorKind, string>> = {
  passages: 'chunks c CROSS JOIN vectors v ON v.embedder = ? AND v.hash = c.hash',
  titles: `chunks c CROSS JOIN articles a ON c.ordinal = 0 AND a.id = c.article_id
    CROSS JOIN vectors v ON v.embedder = ? AND v.hash = '${titleKey('')}' || a.title`,
};
const BYTES = Float32Array.BYTES_PER_ELEMENT;
/** Rows read at a time: vectors are not all held twice, and between two pages waiting searches get their turn. */
const PAGE_SIZE = 500;
/** Fewer, since a row takes longer to add to a graph. */
const SOURCE_PAGE_SIZE = 200;

export function createVectorList(reader: Sqlite, key: VectorListKey): VectorList {
  const { embedderId, dimensions } = key;
  const from = ROWS[key.kind];
  const counted = reader.prepare<{ n: number }>(`SELECT count(*) AS n FROM ${from}`);
  const some = reader.prepare<{ n: number }>(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ?)`);
  // libsql's `all` gives blobs as array buffers.
  const page = reader.prepare<{ id: number; vector: ArrayBuffer }>(`
    SELECT c.id, v.vector FROM ${from} WHERE c.id > ? ORDER BY c.id LIMIT ${PAGE_SIZE}`);
  const labels = reader.prepare<{ id: number }>(`SELECT c.id FROM ${from} ORDER BY c.id`);
  const wantedRows = reader.prepare<{ id: number; vector: ArrayBuffer }>(`
    SELECT c.id, v.vector FROM json_each(?) AS wanted CROSS JOIN ${from} WHERE c.id = wanted.value`);

  const count = (): number => counted.get([embedderId])?.n ?? 0;

  /** A flat list that is filled page by page. */
  const createList = () => {
    const filled: number[] = [];
    const room = count();
    const vectors = new Float32Array(room * dimensions);
    const bytes = Buffer.from(vectors.buffer);
    let last = 0;
    return {
      /** @returns false when there was nothing left. */
      readPage(): boolean {
        const rows = page.all([embedderId, last]);
        for (const { id, vector } of rows) {
          // What another process adds meanwhile comes with its next generation.
          if (filled.length === room) return false;
          if (vector.byteLength !== dimensions * BYTES) continue;
          bytes.set(new Uint8Array(vector), filled.length * dimensions * BYTES);
          filled.push(id);
        }
        last = rows.at(-1)?.id ?? Infinity;
        return rows.length > 0;
      },
      vectors: (): StoredVectors => ({
        labels: filled,
        vectors: vectors.subarray(0, filled.length * dimensions),
      }),
    };
  };

  return {
    count,
    hasAtLeast: (wanted) => (some.get([embedderId, wanted])?.n ?? 0) >= wanted,
    load() {
      const list = createList();
      while (list.readPage());
      return list.vectors();
    },
    async loadInTurns() {
      const list = createList();
      while (list.readPage()) await pause();
      return list.vectors();
    },
    source: () => ({
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
  };
}

/** A chunk near a query. */
export interface Neighbour {
  /** The chunk's id in the database. */
  readonly label: number;
  /** -1 to 1; 1 is the same direction. */
  readonly cosine: number;
}

/** Finds the chunks whose unit vectors lie nearest to a query's. Holds vectors only; all else is in the database. */
export interface KnowledgeIndex {
  readonly kind: 'flat' | 'sieved' | 'hnsw';
  readonly size: number;
  /** At most `limit` neighbours that `accept` lets through, nearest first; a query of zeros has none. */
  search(query: Float32Array, limit: number, accept?: (label: number) => boolean): Neighbour[];
  /** The best cosine of any of the queries and one chunk; null for a chunk the index does not hold or without queries. */
  cosine(queries: readonly Float32Array[], label: number): number | null;
}

/** Vectors in memory: one row of `dimensions` numbers per label, each of length 1. */
export interface IndexedVectors {
  readonly labels: readonly number[];
  readonly vectors: Float32Array;
  readonly dimensions: number;
}

/** Vectors wherever they are, read a few at a time: a graph of a hundred thousand never needs them all beside itself. */
export interface VectorSource {
  /** Ascending. */
  readonly labels: readonly number[];
  readonly dimensions: number;
  /** The vectors of some of the labels; any order, each with its label. */
  rows(labels: readonly number[]): Iterable<{ readonly label: number; readonly vector: Float32Array }>;
}

export function vectorSourceOf({ labels, vectors, dimensions }: IndexedVectors): VectorSource {
  const rowOf = new Map(labels.map((label, row) => [label, row]));
  return {
    labels,
    dimensions,
    *rows(wanted) {
      for (const label of wanted) {
        const row = rowOf.get(label);
        if (row !== undefined)
          yield { label, vector: vectors.subarray(row * dimensions, (row + 1) * dimensions) };
      }
    },
  };
}

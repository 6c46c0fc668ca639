import type { IndexedVectors, KnowledgeIndex } from './knowledge-index.js';

/** Vectors in one list, compared row by row. */
export interface VectorRows {
  /** The cosine of a unit vector and a row. */
  readonly dot: (query: Float32Array, row: number) => number;
  /** The best of several by label, as {@link KnowledgeIndex} gives it. */
  readonly cosine: KnowledgeIndex['cosine'];
}

export function vectorRows({ labels, vectors, dimensions }: IndexedVectors): VectorRows {
  const rowOf = new Map(labels.map((label, row) => [label, row]));
  const inFours = dimensions - (dimensions % 4);
  /** Four sums side by side take half the time of one: each addition need not wait for the one before. */
  const dot = (query: Float32Array, row: number): number => {
    const offset = row * dimensions;
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let i = 0; i < inFours; i += 4) {
      const at = offset + i;
      a += (query[i] ?? 0) * (vectors[at] ?? 0);
      b += (query[i + 1] ?? 0) * (vectors[at + 1] ?? 0);
      c += (query[i + 2] ?? 0) * (vectors[at + 2] ?? 0);
      d += (query[i + 3] ?? 0) * (vectors[at + 3] ?? 0);
    }
    for (let i = inFours; i < dimensions; i++) a += (query[i] ?? 0) * (vectors[offset + i] ?? 0);
    return a + b + c + d;
  };
  return {
    dot,
    cosine(queries, label) {
      const row = rowOf.get(label);
      return row === undefined || queries.length === 0
        ? null
        : Math.max(...queries.map((query) => dot(query, row)));
    },
  };
}

import type { IndexedVectors, KnowledgeIndex, Neighbour } from './knowledge-index.js';

/**
 * Compares the query with every vector: exact, no build, and below about 10,000 chunks faster to have than a graph
 * (docs/decisions/0003-exact-below-ten-thousand.md).
 */
export function createFlatIndex({ labels, vectors, dimensions }: IndexedVectors): KnowledgeIndex {
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
    kind: 'flat',
    size: labels.length,
    search(query, limit, accept) {
      if (query.every((value) => value === 0)) return [];
      const best: Neighbour[] = [];
      let worst = -Infinity;
      labels.forEach((label, row) => {
        if (accept && !accept(label)) return;
        const cosine = dot(query, row);
        if (best.length >= limit && cosine <= worst) return;
        insertSorted(best, { label, cosine });
        if (best.length > limit) best.pop();
        worst = best.at(-1)?.cosine ?? -Infinity;
      });
      return best;
    },
    cosine(queries, label) {
      const row = rowOf.get(label);
      return row === undefined || queries.length === 0
        ? null
        : Math.max(...queries.map((query) => dot(query, row)));
    },
  };
}

function insertSorted(best: Neighbour[], neighbour: Neighbour): void {
  let at = best.length;
  while (at > 0 && (best[at - 1]?.cosine ?? Infinity) < neighbour.cosine) at--;
  best.splice(at, 0, neighbour);
}

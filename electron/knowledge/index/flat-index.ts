import type { IndexedVectors, KnowledgeIndex, Neighbour } from './knowledge-index.js';

/**
 * Compares the query with every vector: exact, no build, and below about 10,000 chunks faster to have than a graph
 * (docs/decisions/0003-exact-below-ten-thousand.md).
 */
export function createFlatIndex({ labels, vectors, dimensions }: IndexedVectors): KnowledgeIndex {
  const rowOf = new Map(labels.map((label, row) => [label, row]));

  const dot = (query: Float32Array, row: number): number => {
    let sum = 0;
    const offset = row * dimensions;
    for (let i = 0; i < dimensions; i++) sum += (query[i] ?? 0) * (vectors[offset + i] ?? 0);
    return sum;
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

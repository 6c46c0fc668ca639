import type { KnowledgeIndex, Neighbour } from '../index/knowledge-index.js';
import type { Scope } from './scope.js';

/** At most `limit` chunks of the scope near any of the vectors, nearest first; none without an index. */
export function nearestChunks(
  vectors: readonly Float32Array[],
  index: KnowledgeIndex | null,
  limit: number,
  { accept, only }: Scope,
): Neighbour[] {
  if (!index) return [];
  const found = only
    ? only.flatMap((label) => {
        const cosine = index.cosine(vectors, label);
        return cosine === null ? [] : [{ label, cosine }];
      })
    : vectors.flatMap((vector) => index.search(vector, limit, accept));
  return fromBest(found).slice(0, limit);
}

/** Each chunk once, by its best cosine, nearest first. */
export function fromBest(neighbours: readonly Neighbour[]): Neighbour[] {
  const best = new Map<number, number>();
  for (const { label, cosine } of neighbours) best.set(label, Math.max(cosine, best.get(label) ?? -1));
  return Array.from(best, ([label, cosine]) => ({ label, cosine })).sort(
    (a, b) => b.cosine - a.cosine || a.label - b.label,
  );
}

export const labelsOf = (neighbours: readonly Neighbour[]): number[] => neighbours.map(({ label }) => label);

/** Best cosine of any of the vectors and a chunk, null where there is none; kept, since a large index takes some 50 µs to give a vector back. */
export function cosinesTo(
  vectors: readonly Float32Array[],
  index: KnowledgeIndex | null,
): (chunkId: number) => number | null {
  const known = new Map<number, number | null>();
  return (chunkId) => {
    const before = known.get(chunkId);
    if (before !== undefined) return before;
    const cosine = index?.cosine(vectors, chunkId) ?? null;
    known.set(chunkId, cosine);
    return cosine;
  };
}

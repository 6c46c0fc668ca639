/** A chunk after fusion; ranks are 1-based, null where that search did not find it. */
export interface FusedChunk {
  readonly id: number;
  readonly lexicalRank: number | null;
  readonly denseRank: number | null;
  /** 0 to 1; 1 when both searches put it first. */
  readonly fused: number;
}

/** Damps the difference between the first ranks (Cormack, Clarke and Buettcher, SIGIR 2009). */
const K = 60;

/**
 * Weighted reciprocal rank fusion of two rankings of chunk ids. `denseShare` is the weight of the dense ranking, 0 to 1;
 * when one ranking is empty the other counts in full.
 */
export function fuseRanks(
  lexical: readonly number[],
  dense: readonly number[],
  denseShare: number,
): readonly FusedChunk[] {
  const denseWeight = lexical.length === 0 ? 1 : dense.length === 0 ? 0 : denseShare;
  const lexicalRanks = ranksOf(lexical);
  const denseRanks = ranksOf(dense);
  return [...new Set([...lexical, ...dense])].map((id) => {
    const lexicalRank = lexicalRanks.get(id) ?? null;
    const denseRank = denseRanks.get(id) ?? null;
    const sum = (1 - denseWeight) * reciprocal(lexicalRank) + denseWeight * reciprocal(denseRank);
    return { id, lexicalRank, denseRank, fused: sum * (K + 1) };
  });
}

function ranksOf(ids: readonly number[]): Map<number, number> {
  return new Map(ids.map((id, i) => [id, i + 1]));
}

function reciprocal(rank: number | null): number {
  return rank === null ? 0 : 1 / (K + rank);
}

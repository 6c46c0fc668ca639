/** One ranking of chunk ids, best first, and what it counts. */
export interface WeightedRanking {
  readonly ids: readonly number[];
  readonly weight: number;
}

/** Damps the difference between the first ranks (Cormack, Clarke and Buettcher, SIGIR 2009). */
const K = 60;

/**
 * Weighted reciprocal rank fusion. The scores lie between 0 and 1; 1 is a chunk that every ranking puts first. An empty
 * ranking has no say.
 */
export function fuseRankings(rankings: readonly WeightedRanking[]): Map<number, number> {
  const speaking = rankings.filter(({ ids }) => ids.length > 0);
  const total = speaking.reduce((sum, { weight }) => sum + weight, 0);
  const scores = new Map<number, number>();
  for (const { ids, weight } of speaking) {
    ids.forEach((id, i) => {
      scores.set(id, (scores.get(id) ?? 0) + ((weight / total) * (K + 1)) / (K + 1 + i));
    });
  }
  return scores;
}

/** Ids to their 1-based ranks. */
export function ranksOf(ids: readonly number[]): Map<number, number> {
  return new Map(ids.map((id, i) => [id, i + 1]));
}

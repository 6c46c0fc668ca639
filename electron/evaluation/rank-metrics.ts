/** How well a ranking finds what is relevant; all 0 to 1, larger is better. */
export interface RankMetrics {
  readonly recallAt1: number;
  readonly recallAt5: number;
  readonly recallAt10: number;
  readonly hitAt1: number;
  readonly hitAt5: number;
  readonly hitAt10: number;
  readonly mrrAt10: number;
  readonly ndcgAt10: number;
}

const DEPTH = 10;

/** One ranking, best first, and the gain of each relevant document. */
export interface JudgedRanking {
  readonly ranking: readonly string[];
  readonly relevant: ReadonlyMap<string, number>;
}

/**
 * Means over queries. Recall is the share of the relevant documents within the first k, a hit is one of them; the reciprocal rank is that of
 * the first; nDCG takes gains as they are and discounts by log2(rank + 1), as trec_eval does.
 */
export function rankMetrics(judged: readonly JudgedRanking[]): RankMetrics {
  const mean = (of: (one: JudgedRanking) => number): number =>
    judged.length === 0 ? 0 : judged.reduce((sum, one) => sum + of(one), 0) / judged.length;
  return {
    recallAt1: mean((one) => found(one, 1) / one.relevant.size),
    recallAt5: mean((one) => found(one, 5) / one.relevant.size),
    recallAt10: mean((one) => found(one, DEPTH) / one.relevant.size),
    hitAt1: mean((one) => Math.min(1, found(one, 1))),
    hitAt5: mean((one) => Math.min(1, found(one, 5))),
    hitAt10: mean((one) => Math.min(1, found(one, DEPTH))),
    mrrAt10: mean(reciprocalRank),
    ndcgAt10: mean(ndcg),
  };
}

function found({ ranking, relevant }: JudgedRanking, depth: number): number {
  return ranking.slice(0, depth).filter((id) => relevant.has(id)).length;
}

function reciprocalRank({ ranking, relevant }: JudgedRanking): number {
  const at = ranking.slice(0, DEPTH).findIndex((id) => relevant.has(id));
  return at === -1 ? 0 : 1 / (at + 1);
}

function ndcg({ ranking, relevant }: JudgedRanking): number {
  const gain = (gains: readonly number[]): number =>
    gains.slice(0, DEPTH).reduce((sum, value, at) => sum + value / Math.log2(at + 2), 0);
  const ideal = gain([...relevant.values()].sort((a, b) => b - a));
  return ideal === 0 ? 0 : gain(ranking.map((id) => relevant.get(id) ?? 0)) / ideal;
}

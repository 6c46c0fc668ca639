/** What the search is set to besides the fitted weights; chosen on `evals/datasets/retrieval.json` and the public sets, see docs/retrieval.md. */
export const searchWeights = {
  /** Candidates each list hands to the fusion. */
  depth: 60,
  /** Candidates that are ranked, the best of the fused lists, for one turn. */
  ranked: 100,
  /** The same for several turns: their lists have less in common, and 100 cost the bank's tasks 7 points of hit@5. */
  rankedForTurns: 150,
  /** Weight of the ranking by titles in the fusion, next to 1 for passages. */
  titleShare: 0.5,
  /** Weight of the two rankings by topic in the fusion, next to 1 for each by the customer's words. */
  topicShare: 0.5,
  /** Added for how near passage and headings are to the topic, as a share of all fitted weights. */
  topic: 0.4,
  /** Share of the score that comes from the whole article. */
  support: 0.4,
  /** What is left of the score of an article that is not valid today. */
  expired: 0.5,
} as const;
export type SearchWeights = { readonly [name in keyof typeof searchWeights]: number };

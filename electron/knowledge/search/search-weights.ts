/** How the parts of a passage's score are weighed; chosen on `evals/datasets/retrieval.json`, see README.md. */
export const searchWeights = {
  /** Candidates each search hands to the fusion. */
  depth: 50,
  /** Weight of the dense ranking in the fusion; the lexical one has the rest. */
  denseShare: 0.5,
  /** Added for the part of the query's words that passage, headings and title hold. */
  coverage: 0.7,
  /** Added for the part of them the title and the headings hold. */
  title: 0.5,
  /** Added for the cosine of passage and query. */
  cosine: 1,
  /** Weight of the two rankings by topic in the fusion, next to 1 for those by the query. */
  topicShare: 0.25,
  /** Added for how near passage and headings are to the topic. */
  topic: 1.1,
  /** Share of the score that comes from the best passages of the same article. */
  support: 0.5,
  /** What is left of the score of an article that is not valid today. */
  expired: 0.5,
} as const;
export type SearchWeights = { readonly [name in keyof typeof searchWeights]: number };

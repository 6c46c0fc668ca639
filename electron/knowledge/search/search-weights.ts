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
  /** Added for the cosine of passage and topic. */
  topicCosine: 0.4,
  /** Added for the part of the topic's words the title and the headings hold. */
  topicTitle: 0.3,
  /** What is left of the score of an article that is not valid today. */
  expired: 0.5,
} as const;
export type SearchWeights = { readonly [name in keyof typeof searchWeights]: number };

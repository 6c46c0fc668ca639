declare module 'wink-sentiment' {
  interface ScoredToken {
    readonly value: string;
    readonly tag: string;
    readonly score?: number;
  }
  /** Scores a phrase with AFINN-165 and emoji; `normalizedScore` is per scored word, about -5 to 5. */
  export default function winkSentiment(phrase: string): {
    readonly score: number;
    readonly normalizedScore: number;
    readonly tokenizedPhrase: readonly ScoredToken[];
  };
}

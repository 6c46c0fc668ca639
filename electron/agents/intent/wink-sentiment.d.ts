declare module 'wink-sentiment' {
  interface Result {
    readonly score: number;
    readonly tokenizedPhrase: readonly {
      readonly value: string;
      readonly tag: string;
      readonly score?: number;
    }[];
  }
  /** Word scores from AFINN, -5 to 5, negations turned around. */
  export default function analyseSentiment(text: string): Result;
}

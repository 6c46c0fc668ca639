/** A row of weights as base64 of signed bytes, times `scale`, plus `bias`. */
export interface MoodRow {
  readonly weights: string;
  readonly scale: number;
  readonly bias: number;
}

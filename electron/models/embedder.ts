/** Turns texts into unit vectors. Vectors of two embedders, or of two ids of one, never meet in one index. */
export interface Embedder {
  /** Names model and form, for example `use-lite-w8`; part of every chunk's identity. */
  readonly id: string;
  readonly dimensions: number;
  /** Texts longer than this are cut without a word, so chunks stay below it. */
  readonly maxTokens: number;
  /** How many tokens a text takes, uncut. */
  countTokens(text: string): number;
  /**
   * One row of `dimensions` numbers per text, in order, each of length 1; an empty text gives a row of zeros.
   * @throws AppErrorException SUGGESTION_CANCELLED when the signal aborts.
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}

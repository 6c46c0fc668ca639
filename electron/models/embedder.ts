/**
 * What a text is: some models were trained with another prefix for a question than for what answers it. Texts that are
 * compared with their like, such as a message with an intent's examples, are all queries.
 */
export type TextRole = 'query' | 'passage';

/** Turns texts into unit vectors. Vectors of two embedders, or of two ids of one, never meet in one index. */
export interface Embedder {
  /** Names model and form, for example `use-lite-support-w8`; part of every chunk's identity. */
  readonly id: string;
  readonly dimensions: number;
  /** Texts longer than this are cut without a word, so chunks stay below it. */
  readonly maxTokens: number;
  /** How many tokens a text takes, uncut. */
  countTokens(text: string): number;
  /**
   * One row of `dimensions` numbers per text, in order, each of length 1; an empty text gives a row of zeros.
   * @param role what the texts are; `query` when left out.
   * @throws AppErrorException SUGGESTION_CANCELLED when the signal aborts; EMBEDDER_KEY_MISSING, EMBEDDER_REFUSED,
   * EMBEDDER_UNREACHABLE, EMBEDDER_BAD_ANSWER when the model is a service.
   */
  embed(texts: readonly string[], signal?: AbortSignal, role?: TextRole): Promise<Float32Array[]>;
  /**
   * As `embed`, each row followed by what the model makes of the text before its last layer, of any length: a classifier
   * learns more from both. Absent where a model gives one vector only.
   */
  readonly embedDeep?: (texts: readonly string[], signal?: AbortSignal) => Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** The embedder passages are found with, wherever it runs. */
export interface PassageVectors {
  /** @throws AppErrorException KNOWLEDGE_EMBEDDER_MISSING. */
  about(): Promise<Pick<Embedder, 'id' | 'dimensions'>>;
  /** Of passages and titles; throws what {@link Embedder.embed} throws. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}

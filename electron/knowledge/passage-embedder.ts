/** What the knowledge needs of an embedder; every `Embedder` of `electron/models` is one. */
export interface PassageEmbedder {
  readonly id: string;
  readonly dimensions: number;
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}

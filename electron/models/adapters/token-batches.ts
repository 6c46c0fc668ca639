/** A text cut into tokens. */
interface Encoded {
  readonly ids: readonly number[];
}

/**
 * Texts of like length together, so that little is padding, and at most `mostTokens` of padded tokens in one run of the
 * model (a longer text runs alone). onnxruntime-node computes on the thread that calls it: the cap is how long a rep's
 * question may have to wait while passages are embedded.
 */
export function* tokenBatches<T extends Encoded>(texts: readonly T[], mostTokens: number): Generator<T[]> {
  let batch: T[] = [];
  for (const text of texts.toSorted((a, b) => a.ids.length - b.ids.length)) {
    if (batch.length > 0 && (batch.length + 1) * text.ids.length > mostTokens) {
      yield batch;
      batch = [];
    }
    batch.push(text);
  }
  if (batch.length > 0) yield batch;
}

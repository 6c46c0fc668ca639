import type { SparseRow } from './hashed-ngrams.js';

/** The examples' n-grams, n-gram by n-gram: which examples hold it and with what weight. */
export interface NgramIndex {
  readonly size: number;
  /**
   * Writes the dot product of a row with every example from `first` on; `into` has a number for each of them.
   */
  dots(row: SparseRow, into: Float32Array, first?: number): void;
}

/** Indexes rows of length 1; their order is the order of the dot products. */
export function createNgramIndex(rows: readonly SparseRow[], ngrams: number): NgramIndex {
  const starts = new Int32Array(ngrams + 1);
  for (const { indices } of rows)
    for (const ngram of indices) starts[ngram + 1] = (starts[ngram + 1] ?? 0) + 1;
  for (let n = 0; n < ngrams; n++) starts[n + 1] = (starts[n + 1] ?? 0) + (starts[n] ?? 0);
  const examples = new Int32Array(starts[ngrams] ?? 0);
  const values = new Float32Array(examples.length);
  const next = starts.slice();
  rows.forEach(({ indices, values: own }, example) => {
    indices.forEach((ngram, k) => {
      const at = next[ngram] ?? 0;
      examples[at] = example;
      values[at] = own[k] ?? 0;
      next[ngram] = at + 1;
    });
  });

  // The inner loop runs some billion times in a large training; indices are in range by construction.
  /* eslint-disable @typescript-eslint/no-non-null-assertion */
  return {
    size: rows.length,
    dots({ indices, values: own }, into, first = 0) {
      into.fill(0);
      for (let k = 0; k < indices.length; k++) {
        const value = own[k]!;
        // Examples of one n-gram are in order, so those before `first` are at the front.
        const start = starts[indices[k]!]!;
        for (let at = starts[indices[k]! + 1]! - 1; at >= start; at--) {
          const example = examples[at]!;
          if (example < first) break;
          into[example - first]! += value * values[at]!;
        }
      }
    },
  };
  /* eslint-enable @typescript-eslint/no-non-null-assertion */
}

import type { Embedder } from '../../models/embedder.js';

const MAX_VECTORS = 4_000;

/**
 * Vectors of the customer's questions and of article sentences, or null when there is no embedder to ask; then words alone decide.
 */
export type Vectors = (
  questions: readonly string[],
  sentences: readonly string[],
  signal: AbortSignal,
) => Promise<{
  readonly questions: readonly Float32Array[];
  readonly sentences: readonly Float32Array[];
} | null>;

/**
 * Remembers the vectors of article sentences: the same few articles answer most questions, and embedding a sentence costs 3 ms.
 * Holds at most 4,000 (8 MB at 512 dimensions), the longest unused go first. Questions are a customer's words and are not kept.
 */
export function createVectorCache(embedder: Pick<Embedder, 'embed'>): Vectors {
  const known = new Map<string, Float32Array>();
  return async (questions, sentences, signal) => {
    const missing = [...new Set(sentences.filter((text) => !known.has(text)))];
    let rows: readonly Float32Array[];
    try {
      rows = await embedder.embed([...questions, ...missing], signal);
    } catch {
      signal.throwIfAborted();
      return null;
    }
    missing.forEach((text, at) => known.set(text, rows[questions.length + at] ?? new Float32Array()));
    const found = sentences.map((text) => {
      const vector = known.get(text) ?? new Float32Array();
      known.delete(text);
      known.set(text, vector);
      return vector;
    });
    for (const text of known.keys()) {
      if (known.size <= MAX_VECTORS) break;
      known.delete(text);
    }
    return { questions: rows.slice(0, questions.length), sentences: found };
  };
}

/** Cosine of two unit vectors; 0 when one is empty. */
export function cosine(a: Float32Array | undefined, b: Float32Array | undefined): number {
  if (!a || !b || a.length !== b.length) return 0;
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

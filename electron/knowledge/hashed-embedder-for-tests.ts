import type { PassageEmbedder } from './passage-embedder.js';
import { stemsOf } from './search/coverage.js';

const DIMENSIONS = 64;

/** An embedder without weights: texts that share words get near vectors. Counts what it was asked to embed. */
export interface HashedEmbedder extends PassageEmbedder {
  readonly embedded: string[];
}

/** `beforeBatch` runs before each call, so that a test can act in the middle of an import. */
export function createHashedEmbedder(
  id = 'hashed',
  beforeBatch = async () => Promise.resolve(),
): HashedEmbedder {
  const embedded: string[] = [];
  return {
    id,
    dimensions: DIMENSIONS,
    embedded,
    async embed(texts, signal) {
      await beforeBatch();
      signal?.throwIfAborted();
      embedded.push(...texts);
      return texts.map(vectorOf);
    },
  };
}

function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const stem of stemsOf(text)) {
    let hash = 2_166_136_261;
    for (const letter of stem) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16_777_619);
    vector[(hash >>> 0) % DIMENSIONS] = (vector[(hash >>> 0) % DIMENSIONS] ?? 0) + 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

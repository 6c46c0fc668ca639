import type { Embedder } from '../../models/embedder.js';

/** How alike two texts are in meaning, as far as their vectors are known; a pair that is not known is noted as wanted. */
export interface Likeness {
  /** Cosine of two texts, -1 to 1; null while one of them has no vector. */
  of(claim: string, unit: string): number | null;
}

const MAX_VECTORS = 4_000;

/** Vectors of article sentences and of what drafts said about them, the longest unused dropped first (8 MB at 512 dimensions). */
export interface LikenessCache {
  /** Without `embedder`, or when it fails, nothing is known and words alone decide. */
  readonly likeness: Likeness;
  /** Texts asked for and not known since the last call. */
  takeWanted(): string[];
  add(texts: readonly string[], vectors: readonly Float32Array[]): void;
}

/** Remembers vectors across drafts: the same passages answer most questions. */
export function createLikenessCache(): LikenessCache {
  const known = new Map<string, Float32Array>();
  const wanted = new Set<string>();
  const find = (text: string): Float32Array | null => {
    const vector = known.get(text);
    if (!vector) {
      wanted.add(text);
      return null;
    }
    known.delete(text);
    known.set(text, vector);
    return vector;
  };
  return {
    likeness: {
      of(claim, unit) {
        const [a, b] = [find(claim), find(unit)];
        if (!a || !b || a.length !== b.length) return null;
        return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
      },
    },
    takeWanted() {
      const texts = [...wanted];
      wanted.clear();
      return texts;
    },
    add(texts, vectors) {
      texts.forEach((text, at) => {
        const vector = vectors[at];
        if (vector) known.set(text, vector);
      });
      for (const text of known.keys()) {
        if (known.size <= MAX_VECTORS) break;
        known.delete(text);
      }
    },
  };
}

/** Embeds what is wanted; false when there was nothing to embed or no embedder to ask. */
export async function fillWanted(
  cache: LikenessCache,
  embedder: Pick<Embedder, 'embed'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const texts = cache.takeWanted();
  if (texts.length === 0) return false;
  try {
    cache.add(texts, await embedder.embed(texts, signal));
    return true;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}

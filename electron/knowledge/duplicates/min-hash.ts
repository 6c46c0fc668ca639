import { wordsOf } from '../search/words.js';

/** Words of one shingle. */
const SHINGLE_WORDS = 5;
/** Numbers of a signature: 16 bands of 4 rows. */
export const SIGNATURE_LENGTH = 64;

/** Two odd numbers for each number of a signature, from a fixed seed. */
const factors = new Uint32Array(SIGNATURE_LENGTH);
const addends = new Uint32Array(SIGNATURE_LENGTH);
let seed = 0x9e3779b9;
for (let i = 0; i < SIGNATURE_LENGTH; i++) {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  factors[i] = seed | 1;
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  addends[i] = seed;
}

/** Hashes of all runs of five words of a text, each once; of all its words where it has fewer. */
export function shinglesOf(text: string): Set<number> {
  const words = wordsOf(text).map(hashOf);
  const shingles = new Set<number>();
  for (let start = 0; start + SHINGLE_WORDS <= Math.max(words.length, SHINGLE_WORDS); start++) {
    let hash = 2_166_136_261;
    for (const word of words.slice(start, start + SHINGLE_WORDS)) {
      hash = Math.imul(hash ^ word, 16_777_619);
      hash ^= hash >>> 15;
    }
    shingles.add(hash >>> 0);
  }
  return shingles;
}

/**
 * Writes the MinHash signature of a set at `row` of `signatures`: the share of equal numbers of two signatures is near
 * the Jaccard similarity of their sets (Broder 1997).
 */
export function writeSignature(shingles: ReadonlySet<number>, signatures: Uint32Array, row: number): void {
  const at = row * SIGNATURE_LENGTH;
  signatures.fill(0xffffffff, at, at + SIGNATURE_LENGTH);
  for (const shingle of shingles) {
    for (let i = 0; i < SIGNATURE_LENGTH; i++) {
      let value = (Math.imul(shingle, factors[i] ?? 1) + (addends[i] ?? 0)) >>> 0;
      // The low bits of a product say little; mixing makes every order of sets about equally likely.
      value = Math.imul(value ^ (value >>> 16), 0x45d9f3b) >>> 0;
      if (value < (signatures[at + i] ?? 0)) signatures[at + i] = value;
    }
  }
}

/** Share of common shingles, 0 to 1. */
export function jaccard(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let common = 0;
  for (const shingle of a) if (b.has(shingle)) common++;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
}

function hashOf(word: string): number {
  let hash = 2_166_136_261;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 16_777_619);
  return hash >>> 0;
}

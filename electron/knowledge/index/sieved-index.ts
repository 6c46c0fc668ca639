import { createWorkSlices } from '../work-slices.js';
import type { IndexedVectors, KnowledgeIndex } from './knowledge-index.js';
import { createNearestList } from './nearest-list.js';
import { vectorRows } from './vector-rows.js';

/** Vectors compared exactly: of twelve thousand FAQ passages and of fifty thousand generated ones the nearest 60 are among them. */
const COMPARED = 1500;
const BITS = 32;

/**
 * Compares the query exactly with the vectors whose signs agree with its own in most dimensions: the share of equal
 * signs tells the angle (Charikar, STOC 2002), and counting them takes a fiftieth of the time. Ready at once where a graph takes a minute to
 * build; the answer is that of comparing all but for a rare neighbour far down the list.
 */
export async function createSievedIndex(source: IndexedVectors): Promise<KnowledgeIndex> {
  const { labels, vectors, dimensions } = source;
  const { dot, cosine } = vectorRows(source);
  const width = Math.ceil(dimensions / BITS);
  const signs = new Int32Array(labels.length * width);
  const slices = createWorkSlices();
  for (let row = 0; row < labels.length; row++) {
    writeSigns(vectors.subarray(row * dimensions, (row + 1) * dimensions), signs, row * width);
    if (slices.isOver()) await slices.next();
  }

  /** Rows by how many signs differ, fewest first (counting sort). */
  const byDifference = (query: Float32Array): Uint32Array => {
    const wanted = new Int32Array(width);
    writeSigns(query, wanted, 0);
    const differences = new Uint16Array(labels.length);
    const starts = new Uint32Array(width * BITS + 2);
    for (let row = 0, at = 0; row < labels.length; row++) {
      let differing = 0;
      for (let word = 0; word < width; word++) differing += ones((signs[at++] ?? 0) ^ (wanted[word] ?? 0));
      differences[row] = differing;
      starts[differing + 1] = (starts[differing + 1] ?? 0) + 1;
    }
    for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    const rows = new Uint32Array(labels.length);
    for (let row = 0; row < labels.length; row++) {
      const difference = differences[row] ?? 0;
      const at = starts[difference] ?? 0;
      rows[at] = row;
      starts[difference] = at + 1;
    }
    return rows;
  };

  return {
    kind: 'sieved',
    size: labels.length,
    search(query, limit, accept) {
      if (query.every((value) => value === 0)) return [];
      const nearest = createNearestList(limit);
      let left = Math.max(COMPARED, limit);
      for (const row of byDifference(query)) {
        const label = labels[row] ?? 0;
        if (accept && !accept(label)) continue;
        nearest.offer({ label, cosine: dot(query, row) });
        if (--left === 0) break;
      }
      return nearest.list();
    },
    cosine,
  };
}

/** One bit a dimension: set where the value is above zero. */
function writeSigns(vector: Float32Array, signs: Int32Array, start: number): void {
  for (let i = 0; i < vector.length; i++) {
    if ((vector[i] ?? 0) <= 0) continue;
    const at = start + (i >> 5);
    signs[at] = (signs[at] ?? 0) | (1 << (i & 31));
  }
}

/** How many bits of a word are set: counted in pairs, then fours, then bytes, which the product sums up. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

import hnswlib from 'hnswlib-node';
import type { HierarchicalNSW } from 'hnswlib-node';

import type { IndexedVectors, KnowledgeIndex } from './knowledge-index.js';

/** Links per chunk, width of the search while building, width while asking: recall@10 of 0.99 at 100,000 chunks. */
const M = 16;
const EF_CONSTRUCTION = 200;
const EF = 64;
/** Fixed, so that the same vectors always give the same file. */
const SEED = 100;
/** How long adding may keep the thread before waiting searches get their turn. */
const SLICE_MS = 10;

export interface BuildOptions {
  /** Called between slices with the number of chunks added so far. */
  readonly onProgress?: (added: number) => void;
  readonly signal?: AbortSignal;
}

/** An HNSW graph that can be written to a file. */
export interface HnswIndex extends KnowledgeIndex {
  /** Writes the graph to `file`, off the thread. */
  write(file: string): Promise<void>;
}

/**
 * Builds a graph in short slices, so that the thread goes on answering searches meanwhile.
 * @throws the signal's reason when it aborts.
 */
export async function buildHnswIndex(source: IndexedVectors, options: BuildOptions = {}): Promise<HnswIndex> {
  const { labels, vectors, dimensions } = source;
  const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
  graph.initIndex({
    maxElements: Math.max(1, labels.length),
    m: M,
    efConstruction: EF_CONSTRUCTION,
    randomSeed: SEED,
  });
  let sliceStart = performance.now();
  for (const [row, label] of labels.entries()) {
    graph.addPoint(Array.from(vectors.subarray(row * dimensions, (row + 1) * dimensions)), label);
    if (performance.now() - sliceStart < SLICE_MS) continue;
    options.onProgress?.(row + 1);
    await new Promise((resolve) => setImmediate(resolve));
    options.signal?.throwIfAborted();
    sliceStart = performance.now();
  }
  return wrap(graph);
}

/** Reads a graph that {@link HnswIndex.write} wrote. The file must have been verified: the library trusts every byte. */
export async function readHnswIndex(file: string, dimensions: number): Promise<HnswIndex> {
  const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
  await graph.readIndex(file);
  return wrap(graph);
}

function wrap(graph: HierarchicalNSW): HnswIndex {
  graph.setEf(EF);
  const size = graph.getCurrentCount();
  const known = new Set(graph.getIdsList());
  return {
    kind: 'hnsw',
    size,
    search(query, limit, accept) {
      if (size === 0 || query.every((value) => value === 0)) return [];
      // The library looks no further than the larger of ef and the number asked for.
      const { neighbors, distances } = graph.searchKnn(Array.from(query), Math.min(limit, size), accept);
      return neighbors
        .map((label, i) => ({ label, cosine: 1 - (distances[i] ?? 1) }))
        .sort((a, b) => b.cosine - a.cosine);
    },
    cosine(query, label) {
      if (!known.has(label)) return null;
      return graph.getPoint(label).reduce((sum, value, i) => sum + value * (query[i] ?? 0), 0);
    },
    async write(file) {
      await graph.writeIndex(file);
    },
  };
}

import hnswlib from 'hnswlib-node';
import type { HierarchicalNSW } from 'hnswlib-node';

import { createWorkSlices } from '../work-slices.js';
import type { KnowledgeIndex, VectorSource } from './knowledge-index.js';

/** How a graph is made: links per chunk, width of the search while building. */
export interface HnswShape {
  readonly m: number;
  readonly efConstruction: number;
}

/** The shape in use and the width of the search while asking, chosen by `cuecard bench index --grid` (decision 0003). */
export const HNSW_PARAMETERS = { m: 16, efConstruction: 200, ef: 100 } as const;
/** Fixed, so that the same vectors always give the same file. */
const SEED = 100;

export interface BuildOptions {
  /** Called between slices, at most ten times a second, with the number of chunks added so far. */
  readonly onProgress?: (added: number) => void;
  readonly signal?: AbortSignal;
  /** Another shape than the one in use, for measuring. */
  readonly shape?: HnswShape;
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
export async function buildHnswIndex(source: VectorSource, options: BuildOptions = {}): Promise<HnswIndex> {
  const graph = new hnswlib.HierarchicalNSW('ip', source.dimensions);
  const maxElements = Math.max(1, source.labels.length);
  const { m, efConstruction } = options.shape ?? HNSW_PARAMETERS;
  graph.initIndex({ maxElements, m, efConstruction, randomSeed: SEED });
  await addRows(graph, source, source.labels, options);
  return wrap(graph, source.labels.length);
}

/** Reads a graph that {@link HnswIndex.write} wrote. The file must have been verified: the library trusts every byte. */
export async function readHnswIndex(
  file: string,
  { dimensions, count, ef }: StoredShape,
): Promise<HnswIndex> {
  const graph = new hnswlib.HierarchicalNSW('ip', dimensions);
  await graph.readIndex(file);
  return wrap(graph, count, ef);
}

/** What is known of a stored graph without reading it. */
export interface StoredShape {
  readonly dimensions: number;
  /** Chunks it answers with; those marked as gone not counted. */
  readonly count: number;
  /** Width of the search; the one in use when left out. */
  readonly ef?: number;
}

/**
 * Brings an older, verified graph file to the state of `source` by adding what is new and marking what is gone: a
 * hundred changed articles of ten thousand take a second instead of minutes.
 * @returns null when a new graph is the better way, since what is gone still costs time on every search: too much of the
 * old one is gone, or its vectors are others.
 */
export async function updateHnswIndex(
  file: string,
  source: VectorSource,
  options: BuildOptions = {},
): Promise<HnswIndex | null> {
  const graph = new hnswlib.HierarchicalNSW('ip', source.dimensions);
  await graph.readIndex(file);
  const stored = new Set(graph.getIdsList());
  const now = new Set(source.labels);
  const gone = [...stored].filter((label) => !now.has(label));
  const added = source.labels.filter((label) => !stored.has(label));
  if (gone.length > stored.size * MAX_GONE_SHARE || !holdsSameVectors(graph, source, stored)) return null;
  graph.resizeIndex(Math.max(1, stored.size + added.length));
  for (const label of gone) markGone(graph, label);
  await addRows(graph, source, added, options);
  return wrap(graph, source.labels.length);
}

/** Gone chunks are compacted away beyond this share of the graph; those marked by earlier updates count, too. */
export const MAX_GONE_SHARE = 0.2;
const CHECKED_ROWS = 200;

/** A file beside another database may use the same labels for other chunks; the newest labels would show it first. */
function holdsSameVectors(
  graph: HierarchicalNSW,
  source: VectorSource,
  stored: ReadonlySet<number>,
): boolean {
  const kept = source.labels.filter((label) => stored.has(label));
  const step = Math.max(1, Math.floor(kept.length / CHECKED_ROWS));
  const checked = kept.filter((_, i) => i % step === 0 || i >= kept.length - CHECKED_ROWS);
  for (const { label, vector } of source.rows(checked)) {
    const point = graph.getPoint(label);
    if (vector.some((value, i) => Math.abs(value - (point[i] ?? 0)) >= 1e-6)) return false;
  }
  return true;
}

function markGone(graph: HierarchicalNSW, label: number): void {
  try {
    graph.markDelete(label);
  } catch {
    // It was marked before the file was written; the library refuses to do it twice.
  }
}

/** What is told travels from thread to thread up to the window; a slice each would be a hundred messages a second. */
const TELL_EVERY_MS = 100;

async function addRows(
  graph: HierarchicalNSW,
  source: VectorSource,
  labels: readonly number[],
  { onProgress, signal }: BuildOptions,
): Promise<void> {
  const slices = createWorkSlices();
  let added = 0;
  let toldAt = 0;
  signal?.throwIfAborted();
  for (const { label, vector } of source.rows(labels)) {
    graph.addPoint(Array.from(vector), label);
    added++;
    if (!slices.isOver()) continue;
    if (performance.now() - toldAt >= TELL_EVERY_MS) {
      toldAt = performance.now();
      onProgress?.(added);
    }
    await slices.next();
    signal?.throwIfAborted();
  }
}

function wrap(graph: HierarchicalNSW, size: number, ef: number = HNSW_PARAMETERS.ef): HnswIndex {
  graph.setEf(ef);
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
    cosine(queries, label) {
      if (!known.has(label) || queries.length === 0) return null;
      const point = graph.getPoint(label);
      let best = -Infinity;
      for (const query of queries) {
        let sum = 0;
        for (let i = 0; i < query.length; i++) sum += (query[i] ?? 0) * (point[i] ?? 0);
        best = Math.max(best, sum);
      }
      return best;
    },
    async write(file) {
      await graph.writeIndex(file);
    },
  };
}

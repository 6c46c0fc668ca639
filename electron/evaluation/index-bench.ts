import { rm, stat } from 'node:fs/promises';
import path from 'node:path';

import { createFlatIndex } from '../knowledge/index/flat-index.js';
import { buildHnswIndex, readHnswIndex, type HnswShape } from '../knowledge/index/hnsw-index.js';
import {
  vectorSourceOf,
  type IndexedVectors,
  type KnowledgeIndex,
} from '../knowledge/index/knowledge-index.js';
import { spreadOf, type Spread } from './spread.js';

/** As many as a search asks each index for; recall is counted over the first ten. */
const NEIGHBOURS = 50;
const RECALL_AT = 10;

export interface FlatFigures extends Spread {
  readonly size: number;
}

export interface GraphFigures {
  readonly m: number;
  readonly efConstruction: number;
  readonly buildMs: number;
  readonly writeMs: number;
  readonly fileBytes: number;
  readonly loadMs: number;
  readonly searches: readonly ({ readonly ef: number; readonly recall: number } & Spread)[];
}

/** Comparing all of the first `size` vectors. */
export function benchFlat(
  { labels, vectors, dimensions }: IndexedVectors,
  queries: readonly Float32Array[],
  size: number,
): FlatFigures {
  const part = { labels: labels.slice(0, size), vectors: vectors.subarray(0, size * dimensions), dimensions };
  return { size, ...timeSearches(createFlatIndex(part), queries.slice(0, 100)).spread };
}

export interface GraphBench {
  readonly source: IndexedVectors;
  readonly queries: readonly Float32Array[];
  readonly shape: HnswShape;
  readonly ef: readonly number[];
  /** Where the file is written and removed again. */
  readonly dir: string;
}

/** Builds, writes, reads and asks one graph as the app does. */
export async function benchGraph({ source, queries, shape, ef, dir }: GraphBench): Promise<GraphFigures> {
  const truth = trueNeighbours(source, queries);
  const file = path.join(dir, 'bench.hnsw');
  const build = await timed(() => buildHnswIndex(vectorSourceOf(source), { shape }));
  const write = await timed(() => build.value.write(file));
  const fileBytes = (await stat(file)).size;
  const stored = { dimensions: source.dimensions, count: source.labels.length };
  const loads: number[] = [];
  const searches: GraphFigures['searches'][number][] = [];
  for (const width of ef) {
    const load = await timed(() => readHnswIndex(file, { ...stored, ef: width }));
    loads.push(load.durationMs);
    const { spread, found } = timeSearches(load.value, queries);
    searches.push({ ef: width, recall: recallOf(found, truth), ...spread });
  }
  await rm(file);
  return {
    m: shape.m,
    efConstruction: shape.efConstruction,
    buildMs: build.durationMs,
    writeMs: write.durationMs,
    fileBytes,
    loadMs: spreadOf(loads).p50Ms,
    searches,
  };
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; durationMs: number }> {
  const startedAt = performance.now();
  const value = await work();
  return { value, durationMs: performance.now() - startedAt };
}

function timeSearches(
  index: KnowledgeIndex,
  queries: readonly Float32Array[],
): { spread: Spread; found: number[][] } {
  const times: number[] = [];
  const found = queries.map((query) => {
    const startedAt = performance.now();
    const neighbours = index.search(query, NEIGHBOURS, () => true);
    times.push(performance.now() - startedAt);
    return neighbours.slice(0, RECALL_AT).map(({ label }) => label);
  });
  return { spread: spreadOf(times), found };
}

const truths = new WeakMap<IndexedVectors, Set<number>[]>();

/** Of one set of vectors they are the same for every graph. */
function trueNeighbours(source: IndexedVectors, queries: readonly Float32Array[]): Set<number>[] {
  const known = truths.get(source);
  if (known) return known;
  const exact = createFlatIndex(source);
  const truth = queries.map((query) => new Set(exact.search(query, RECALL_AT).map(({ label }) => label)));
  truths.set(source, truth);
  return truth;
}

function recallOf(found: readonly (readonly number[])[], truth: readonly ReadonlySet<number>[]): number {
  const shares = found.map(
    (labels, i) => labels.filter((label) => truth[i]?.has(label)).length / Math.max(1, truth[i]?.size ?? 0),
  );
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
}

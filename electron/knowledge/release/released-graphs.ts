import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';

import type { ListingEntry } from '../../../shared/domain/release.js';
import { GRAPH_ARTICLES } from '../../../release/graph-articles.js';
import { labelsOf, restoreVectors } from '../../../release/graph-segment.js';
import { relabelGraph } from '../../../release/relabel-graph.js';
import { MAX_GONE_SHARE, readHnswIndex, type HnswIndex } from '../index/hnsw-index.js';
import type { VectorSource } from '../index/knowledge-index.js';
import { createNearestList } from '../index/nearest-list.js';
import { createVectorList, type VectorKind } from '../store/vector-list.js';
import type { Sqlite } from '../store/sqlite.js';
import { joinParts, labelsHere } from './labels-here.js';
import type { StagedSegments } from './staged-segments.js';

const KINDS = ['passages', 'titles'] as const;

/** A graph that came with a release, put together and tried: a file to be moved into its place. */
export interface ReleasedGraph {
  readonly kind: VectorKind;
  readonly embedderId: string;
  readonly file: string;
  /** False where articles changed since it was made: it is to be brought up to date. */
  readonly isComplete: boolean;
}

export interface ReleasedGraphDeps {
  readonly workspaceDir: string;
  /** Sees the passages and the listing the release brought. */
  readonly database: Sqlite;
  readonly segments: StagedSegments;
  readonly embedder: { readonly id: string; readonly dimensions: number };
}

/**
 * Puts the graphs of a release together under the numbers passages have here, and tries each on some of its own vectors against comparing
 * all. What is missing, damaged, finds too little or links too much that is gone is left out, and built here later.
 */
export async function prepareGraphs(
  entries: readonly ListingEntry[],
  deps: ReleasedGraphDeps,
): Promise<ReleasedGraph[]> {
  const articles = joinParts(entries, GRAPH_ARTICLES, deps.segments);
  if (!articles) return [];
  const here = labelsHere(deps.database, articles);
  const graphs: ReleasedGraph[] = [];
  for (const kind of KINDS) {
    const stripped = joinParts(entries, `graph/${kind}/`, deps.segments);
    const graph = stripped && (await prepare(kind, stripped, here, deps));
    if (graph) graphs.push(graph);
  }
  return graphs;
}

/** Where graphs wait that were put together; removed with other leftovers of a process that was killed. */
export const releasedGraphFiles = (workspaceDir: string): string[] =>
  KINDS.map((kind) => releasedGraphFile(workspaceDir, kind));

function releasedGraphFile(workspaceDir: string, kind: VectorKind): string {
  const name = createHash('sha256').update(`release ${kind}`).digest('hex').slice(0, 8);
  return path.join(workspaceDir, `index-${name}.hnsw.${String(process.pid)}.tmp`);
}

async function prepare(
  kind: VectorKind,
  stripped: Buffer,
  here: ReadonlyMap<number, number>,
  { workspaceDir, database, embedder }: ReleasedGraphDeps,
): Promise<ReleasedGraph | null> {
  const { id: embedderId, dimensions } = embedder;
  const source = createVectorList(database, { kind, embedderId, dimensions }).source();
  const stored = new Set(source.labels);
  const labelHere = (label: number): number | null => {
    const found = here.get(label);
    return found !== undefined && stored.has(found) ? found : null;
  };
  const labels = labelsOf(stripped, dimensions);
  const gone = labels.filter((label) => labelHere(label) === null).length;
  if (gone > labels.length * MAX_GONE_SHARE) return null;
  const graph = relabelGraph(stripped, dimensions, labelHere);
  const file = releasedGraphFile(workspaceDir, kind);
  const handle = await open(file, 'w', 0o600);
  try {
    const vectors = vectorsInOrder(source, graph.vectorLabels);
    for (const piece of restoreVectors(graph.stripped, dimensions, vectors)) await handle.writeFile(piece);
  } finally {
    await handle.close();
  }
  const index = await readHnswIndex(file, { dimensions, count: labels.length });
  if (!findsEnough(index, { ...source, labels: graph.kept })) {
    await rm(file, { force: true });
    return null;
  }
  return { kind, embedderId, file, isComplete: gone === 0 && graph.kept.length === stored.size };
}

/** Vectors read at a time. */
const PAGE = 2000;

/** Gives the vector of one of `labels` after the other. */
function vectorsInOrder(source: VectorSource, labels: readonly number[]): () => Float32Array | undefined {
  const page = new Map<number, Float32Array>();
  let next = 0;
  return () => {
    const label = labels[next] ?? 0;
    if (!page.has(label)) {
      page.clear();
      for (const row of source.rows(labels.slice(next, next + PAGE))) page.set(row.label, row.vector);
    }
    next += 1;
    return page.get(label);
  };
}

const TRIED = 40;
const NEIGHBOURS = 10;
/** A sound graph of the shape in use finds over 0.99 (decision 0003); one of other vectors or with broken links far less. */
const LEAST_RECALL = 0.95;

/** Asks a graph for the neighbours of some of its vectors and compares them with the true ones; what is gone counts neither here nor there. */
function findsEnough(graph: HnswIndex, source: VectorSource): boolean {
  const kept = new Set(source.labels);
  const step = Math.max(1, Math.floor(source.labels.length / TRIED));
  const tried = source.labels.filter((_, i) => i % step === 0).slice(0, TRIED);
  const queries = [...source.rows(tried)].map(({ vector }) => vector);
  const nearest = queries.map(() => createNearestList(NEIGHBOURS));
  for (const { label, vector } of source.rows(source.labels))
    for (const [i, query] of queries.entries()) nearest[i]?.offer({ label, cosine: dot(query, vector) });
  let wanted = 0;
  let found = 0;
  for (const [i, query] of queries.entries()) {
    const truth = nearest[i]?.list() ?? [];
    // Passages of the same words are as near as each other: which of them is found does not matter.
    const bar = (truth.at(-1)?.cosine ?? 1) - 1e-5;
    wanted += truth.length;
    found += graph
      .search(query, NEIGHBOURS, (label) => kept.has(label))
      .filter(({ cosine }) => cosine >= bar).length;
  }
  return found >= wanted * LEAST_RECALL;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

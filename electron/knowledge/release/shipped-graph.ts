import { writeFile } from 'node:fs/promises';

import type { ListingEntry } from '../../../shared/domain/release.js';
import { labelsOf, restoreVectors } from '../../../release/graph-segment.js';
import { createHnswFile } from '../index/hnsw-file.js';
import { createVectorList, type VectorKind } from '../store/vector-list.js';
import type { Sqlite } from '../store/sqlite.js';
import type { StagedSegments } from './staged-segments.js';

export interface ShippedGraphDeps {
  readonly workspaceDir: string;
  readonly database: Sqlite;
  readonly generation: number;
  readonly embedder: { readonly id: string; readonly dimensions: number };
  readonly release: number;
}

/** Vectors read at a time. */
const PAGE = 2000;

/**
 * Makes index files from the graphs a release carries, where they link exactly the passages that are stored: on a machine that had nothing
 * before. @returns which kinds now have a file; the others are built here.
 */
export async function useShippedGraphs(
  entries: readonly ListingEntry[],
  segments: StagedSegments,
  deps: ShippedGraphDeps,
): Promise<VectorKind[]> {
  const made: VectorKind[] = [];
  for (const kind of ['passages', 'titles'] as const) {
    const parts = entries
      .filter(({ key }) => key.startsWith(`graph/${kind}/`))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    if (parts.length === 0 || !parts.every(({ hash }) => segments.has(hash))) continue;
    const stripped = Buffer.concat(parts.map(({ hash }) => segments.content(hash)));
    if (await useGraph(kind, stripped, deps)) made.push(kind);
  }
  return made;
}

async function useGraph(kind: VectorKind, stripped: Buffer, deps: ShippedGraphDeps): Promise<boolean> {
  const { workspaceDir, database, generation, embedder, release } = deps;
  const { id: embedderId, dimensions } = embedder;
  const source = createVectorList(database, { kind, embedderId, dimensions }).source();
  const labels = labelsOf(stripped, dimensions);
  const stored = new Set(source.labels);
  if (labels.length !== stored.size || !labels.every((label) => stored.has(label))) return false;

  const page = new Map<number, Float32Array>();
  let next = 0;
  const vectorOf = (label: number): Float32Array | undefined => {
    if (!page.has(label)) {
      page.clear();
      for (const row of source.rows(labels.slice(next, next + PAGE))) page.set(row.label, row.vector);
    }
    next += 1;
    return page.get(label);
  };
  const file = createHnswFile(workspaceDir, embedderId, kind);
  const state = { generation, embedderId, count: labels.length };
  const whole = restoreVectors(stripped, dimensions, vectorOf);
  await file.replace(state, (target) => writeFile(target, whole), release);
  return true;
}

import { openSqlite } from '../store/sqlite.js';
import { createVectorList, type VectorListKey } from '../store/vector-list.js';
import { buildHnswIndex, updateHnswIndex, type BuildOptions, type HnswIndex } from './hnsw-index.js';
import type { VectorSource } from './knowledge-index.js';

/** What a thread of its own needs to make an index file. */
export interface GraphJob {
  readonly databaseFile: string;
  readonly vectors: VectorListKey;
  /** A verified file to start from; null builds anew. */
  readonly older: string | null;
  /** Where the graph is written. */
  readonly target: string;
}

/** Makes an index file away from this thread. @throws the signal's reason when it aborts. */
export type MakeGraphAway = (job: GraphJob, options: BuildOptions) => Promise<void>;

/** A graph of `source`: the older file brought up to date where that is worth it, else a new one. */
export async function makeGraph(
  source: VectorSource,
  older: string | null,
  options: BuildOptions,
): Promise<HnswIndex> {
  const updated = older ? await updateHnswIndex(older, source, options) : null;
  return updated ?? (await buildHnswIndex(source, options));
}

/** Does a job in this thread, reading the last committed state through a connection of its own. */
export async function runGraphJob(job: GraphJob, options: BuildOptions): Promise<void> {
  const reader = openSqlite(job.databaseFile, { readonly: true });
  try {
    // One read transaction: an import that commits meanwhile is left for the next update.
    reader.exec('BEGIN');
    const source = createVectorList(reader, job.vectors).source();
    await (await makeGraph(source, job.older, options)).write(job.target);
  } finally {
    reader.close();
  }
}

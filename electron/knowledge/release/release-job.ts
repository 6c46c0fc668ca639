import type { VectorKind } from '../store/vector-list.js';
import { openSqlite, sqliteCode } from '../store/sqlite.js';
import type { StoredRelease } from '../store/release-store.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { applyRelease, type ReleaseDelta } from './apply-release.js';
import { useShippedGraphs } from './shipped-graph.js';
import { openStagedSegments } from './staged-segments.js';

/** All that a thread of its own needs to apply a release. */
export interface ReleaseJob {
  readonly workspaceDir: string;
  readonly databaseFile: string;
  /** File with the segments of what changed, see `electron/sync/release-target.ts`. */
  readonly stagingFile: string;
  readonly delta: ReleaseDelta;
  /** The embedder in use here; null when there is none. */
  readonly embedder: { readonly id: string; readonly dimensions: number } | null;
  readonly appliedAt: string;
}

export interface ReleaseJobOptions {
  readonly onProgress: (done: number, total: number) => void;
  /** Asked between two segments. */
  readonly isCancelled: () => boolean;
}

export interface ReleaseJobResult {
  readonly release: StoredRelease;
  /** Kinds whose graph came with the release. */
  readonly graphs: readonly VectorKind[];
}

/** Applies a release somewhere else than in this thread. */
export type ApplyReleaseAway = (job: ReleaseJob, options: ReleaseJobOptions) => Promise<ReleaseJobResult>;

/**
 * Applies a release through connections of its own, so that the thread that answers searches goes on.
 * @throws AppErrorException RELEASE_DAMAGED, KNOWLEDGE_NOT_SAVED, SUGGESTION_CANCELLED; nothing has changed then.
 */
export async function runReleaseJob(job: ReleaseJob, options: ReleaseJobOptions): Promise<ReleaseJobResult> {
  const { workspaceDir, databaseFile, stagingFile, delta, embedder, appliedAt } = job;
  const segments = openStagedSegments(stagingFile);
  const database = openSqlite(databaseFile);
  try {
    // As the import's connection: a commit survives the end of the process, and a power cut takes back whole commits only.
    database.exec('PRAGMA synchronous = NORMAL');
    const release = savedOrReason(databaseFile, () =>
      applyRelease(database, segments, delta, {
        embedderId: embedder?.id ?? null,
        appliedAt,
        onProgress(done, total) {
          if (options.isCancelled()) throw new AppErrorException('SUGGESTION_CANCELLED');
          options.onProgress(done, total);
        },
      }),
    );
    const generation = Number(
      database.prepare<{ value: string }>(`SELECT value FROM meta WHERE key = 'generation'`).get()?.value,
    );
    const graphs = embedder
      ? await useShippedGraphs(delta.changed, segments, {
          ...{ workspaceDir, database, generation, embedder },
          release: release.number,
        }).catch(() => [])
      : [];
    return { release, graphs };
  } finally {
    database.close();
    segments.close();
  }
}

function savedOrReason<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    const code = sqliteCode(cause);
    if (code === null) throw cause;
    throw new AppErrorException('KNOWLEDGE_NOT_SAVED', `${file}: ${code}`, { cause });
  }
}

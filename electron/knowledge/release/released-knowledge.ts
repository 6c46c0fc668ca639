import { rm } from 'node:fs/promises';

import type { ListingEntry } from '../../../shared/domain/release.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { Logger } from '../../../shared/lib/logger.js';
import { throwIfCancelled } from '../cancellation.js';
import { embedTexts, type TextToEmbed } from '../embed-texts.js';
import type { EmbeddingLanes } from '../embedding-lanes.js';
import type { KnowledgeDatabase } from '../store/knowledge-database.js';
import { createReleaseStore, type ReleaseItem, type StoredRelease } from '../store/release-store.js';
import type { VectorStore } from '../store/vector-store.js';
import {
  runReleaseJob,
  type ApplyReleaseAway,
  type ReleaseJob,
  type ReleaseJobResult,
} from './release-job.js';
import { releasedGraphFiles } from './released-graphs.js';
import type { ReleaseDelta } from './write-release.js';

/** What the sync hands over, its segments in a file. */
export interface ReleaseRequest extends ReleaseDelta {
  readonly stagingFile: string;
}

/**
 * Makes ready what has to change together with the knowledge, while that is written. What comes back is called in the very turn in which
 * searches begin to see the release; a rejection gives the release up.
 */
export type PrepareRelease = () => Promise<(release: StoredRelease) => void>;

/** The team's release in the local knowledge. */
export interface ReleasedKnowledge {
  /** Null before the first. */
  release(): Promise<StoredRelease | null>;
  /** Sorted by key; empty before the first. */
  listing(): Promise<readonly ListingEntry[]>;
  /** What the release says besides articles: intents, macros, prompts and the like, each as its segment. */
  items(): Promise<readonly ReleaseItem[]>;
  /**
   * Brings articles and items to another release in one transaction. Searches are answered from the state before until it is written, and
   * from the new one when this resolves; a graph that has to be made or brought up to date here follows, with status `indexing`. Passages
   * without vectors of the embedder in use are embedded first; where that fails the release comes all the same, and words find them.
   * @throws AppErrorException RELEASE_DAMAGED, RELEASE_NO_SPACE, KNOWLEDGE_BUSY, KNOWLEDGE_NOT_SAVED, KNOWLEDGE_DATABASE_CORRUPT,
   * SUGGESTION_CANCELLED. The release before stays in each case.
   */
  apply(
    request: ReleaseRequest,
    onProgress: (done: number, total: number) => void,
    signal?: AbortSignal,
    prepare?: PrepareRelease,
  ): Promise<StoredRelease>;
}

export interface ReleasedKnowledgeDeps {
  readonly workspaceDir: string;
  readonly database: KnowledgeDatabase;
  readonly vectors: VectorStore;
  readonly lanes: EmbeddingLanes | null;
  readonly log: Logger;
  /** Runs one task after the other; nothing else writes meanwhile. */
  readonly enqueue: <T>(task: () => Promise<T>) => Promise<T>;
  /** Writes in another thread; without it in this one. */
  readonly applyAway: ApplyReleaseAway | undefined;
  readonly onEmbedding: (done: number, total: number) => void;
  /** Takes over what was committed, in this turn. */
  readonly onCommitted: () => void;
  /** Brings vectors and index to what was committed. Does not throw. */
  readonly index: () => Promise<void>;
  /** Aborts when the workspace is closed. */
  readonly closing: AbortSignal;
}

export function createReleasedKnowledge(deps: ReleasedKnowledgeDeps): ReleasedKnowledge {
  const { workspaceDir, database, lanes, log } = deps;
  const store = createReleaseStore(database.reader, database.writer);
  const applyAway = deps.applyAway ?? runHere;

  const jobOf = ({ stagingFile, ...delta }: ReleaseRequest): ReleaseJob => {
    const embedder = lanes?.answering()?.embedder;
    return {
      ...{ workspaceDir, databaseFile: database.file, stagingFile, delta },
      embedder: embedder ? { id: embedder.id, dimensions: embedder.dimensions } : null,
      keptEmbedders:
        lanes && [lanes.answering(), lanes.next()].flatMap((lane) => (lane ? [lane.embedder.id] : [])),
      appliedAt: new Date().toISOString(),
    };
  };

  const createEmbed = (signal: AbortSignal) => {
    let hasFailed = false;
    return async (texts: readonly TextToEmbed[]): Promise<void> => {
      const embedder = lanes?.answering()?.embedder;
      if (!embedder || hasFailed) return;
      try {
        await embedTexts(texts, embedder, deps.vectors, { onProgress: deps.onEmbedding, signal });
      } catch (cause) {
        throwIfCancelled(signal);
        if (!(cause instanceof AppErrorException)) throw cause;
        // A service that is away must not hold up what the team decided.
        hasFailed = true;
        log.warn('release.not_embedded', { code: cause.error.code });
      }
    };
  };

  const write = async (
    job: ReleaseJob,
    onProgress: (done: number, total: number) => void,
    signal: AbortSignal,
    prepare: PrepareRelease,
  ) => {
    const prepared = prepare();
    // It is awaited before the commit; until then a rejection waits to be heard.
    prepared.catch(() => undefined);
    const hooks = {
      onProgress,
      embed: createEmbed(signal),
      async mayCommit() {
        await prepared;
        throwIfCancelled(signal);
      },
    };
    const result = await applyAway(job, hooks, signal).catch(async (cause: unknown) => {
      for (const file of releasedGraphFiles(workspaceDir)) await rm(file, { force: true });
      // The thread may have ended between the commit and its news.
      const release = store.release();
      if (release?.appliedAt !== job.appliedAt) throw cause;
      return { release, graphs: [] };
    });
    return { result, use: await prepared };
  };

  /** Graphs that came along are in place at once, or to start from; whatever else the index lacks is made here. */
  const follow = async ({ graphs, release }: ReleaseJobResult): Promise<void> => {
    for (const graph of graphs) {
      const lane = lanes?.answering();
      if (lane?.embedder.id !== graph.embedderId) continue;
      await lane.take(graph, database.generation(), release.number).catch((cause: unknown) => {
        log.warn('index.not_taken', { code: String((cause as NodeJS.ErrnoException).code) });
      });
    }
    await deps.index();
  };

  return {
    release: () => Promise.resolve(store.release()),
    listing: () => Promise.resolve(store.listing()),
    items: () => Promise.resolve(store.items()),
    apply: (request, onProgress, given, prepare = () => Promise.resolve(() => undefined)) =>
      new Promise((resolve, reject) => {
        const signal = AbortSignal.any([deps.closing, ...(given ? [given] : [])]);
        const task = async (): Promise<void> => {
          throwIfCancelled(signal);
          const startedAt = performance.now();
          const { result, use } = await write(jobOf(request), onProgress, signal, prepare);
          const { release, graphs } = result;
          deps.onCommitted();
          use(release);
          log.info('release.applied', {
            ...{ release: release.number, count: release.articlesChanged, graphs: graphs.length },
            durationMs: Math.round(performance.now() - startedAt),
          });
          resolve(release);
          await follow(result);
        };
        deps.enqueue(task).catch(reject);
      }),
  };
}

const runHere: ApplyReleaseAway = (job, hooks, signal) =>
  new Promise((resolve, reject) => {
    const onProgress = (done: number, total: number): void => {
      throwIfCancelled(signal);
      hooks.onProgress(done, total);
    };
    runReleaseJob(job, { ...hooks, onProgress, onCommitted: resolve }).catch(reject);
  });

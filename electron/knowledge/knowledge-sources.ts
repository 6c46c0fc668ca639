import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { ImportReport, KnowledgeSource } from '../../shared/domain/knowledge-source.js';
import type { Logger } from '../../shared/lib/logger.js';
import { findDuplicates } from './duplicates/find-duplicates.js';
import type { ShowProgress } from './import/import-progress.js';
import type { ImportScope, NewScopeSource } from './import/import-scope.js';
import { runImport, type ImportDeps } from './import/run-import.js';
import type { ImportOptions, KnowledgeBase, NewSource } from './knowledge-base.js';
import { createReleaseStore } from './store/release-store.js';
import { createReportStore } from './store/report-store.js';
import { createSourceStore } from './store/source-store.js';
import { inTransaction } from './store/sqlite.js';
import { watchSource, type SourceWatch } from './watch/watch-source.js';

export interface KnowledgeSourcesDeps extends Omit<ImportDeps, 'store' | 'onProgress'> {
  readonly log: Logger;
  /** Whether watched sources are followed; a one-shot command leaves them. */
  readonly followsSources: boolean;
  /** Runs one task after the other; nothing else writes meanwhile. */
  readonly enqueue: <T>(task: () => Promise<T>) => Promise<T>;
  /** Brings vectors and index to what was committed. Does not throw: the articles answer all the same. */
  readonly index: () => Promise<void>;
}

/** The part of the knowledge that knows where it comes from. */
export type KnowledgeSources = Pick<
  KnowledgeBase,
  | 'sources'
  | 'addSource'
  | 'updateSource'
  | 'removeSource'
  | 'syncSources'
  | 'importArticles'
  | 'lastReport'
  | 'onImportProgress'
> & {
  /** For parts of an import that run elsewhere, such as the index build. */
  readonly showProgress: ShowProgress;
  /** Stops following files. */
  close(): Promise<void>;
};

/** Comparing this many passages takes about a second; with more a watched change keeps what was found before. */
const COMPARED_UNASKED = 20_000;

export function createKnowledgeSources(deps: KnowledgeSourcesDeps): KnowledgeSources {
  const { database, log, enqueue, followsSources } = deps;
  const store = createSourceStore(database.reader, database.writer);
  const reports = createReportStore(database.reader, database.writer);
  const releases = createReleaseStore(database.reader, database.writer);
  const listeners = new Set<ShowProgress>();
  const watches = new Map<string, SourceWatch>();
  const waiting = new Set<string>();
  const closing = new AbortController();

  const showProgress: ShowProgress = (progress) => {
    for (const listener of listeners) listener(progress);
  };

  /** Runs an import with all that follows it. `keepsReport` is false where nobody asked for a report. */
  const importScope = (
    scope: ImportScope,
    options: {
      readonly mustFind?: boolean;
      readonly keepsReport?: boolean;
      /** False where nobody reads what is returned. */
      readonly findsDuplicates?: boolean;
      /** False where no person waits for it. */
      readonly isAttended?: boolean;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<ImportReport> =>
    enqueue(async () => {
      try {
        const { hasChanged, ...done } = await runImport(
          scope,
          { ...deps, store, onProgress: showProgress },
          options,
        );
        const last = reports.last();
        const isWorthIt = options.isAttended !== false || store.countChunks() < COMPARED_UNASKED;
        const found =
          options.findsDuplicates !== false && (last === null || (hasChanged && isWorthIt))
            ? await findDuplicates(database.reader)
            : { duplicates: last?.duplicates ?? [], duplicateCount: last?.duplicateCount ?? 0 };
        const report = { ...done, ...found };
        if (options.keepsReport !== false) reports.keep(report);
        if (hasChanged) await deps.index();
        return report;
      } finally {
        showProgress(null);
      }
    });

  const find = (sourceId: string): KnowledgeSource => {
    const source = store.sources().find(({ id }) => id === sourceId);
    if (!source) throw new AppErrorException('KNOWLEDGE_SOURCE_UNKNOWN', sourceId);
    return source;
  };

  const sync = (
    sources: readonly KnowledgeSource[],
    signal?: AbortSignal,
    isAttended = true,
  ): Promise<ImportReport> =>
    importScope({ sources, added: [], leaving: [], replacesDetached: null }, { signal, isAttended });

  /** Takes over what changed in a source while nobody asked; several changes before it starts are one. */
  const syncLater = (sourceId: string): void => {
    if (waiting.has(sourceId) || closing.signal.aborted) return;
    waiting.add(sourceId);
    enqueue(() => Promise.resolve(waiting.delete(sourceId)))
      .then(() => sync([find(sourceId)], closing.signal, false))
      .then(({ articles, failures }) =>
        log.info('source.synced', { count: articles, failures: failures.length }),
      )
      .catch((cause: unknown) => {
        const code = cause instanceof AppErrorException ? cause.error.code : 'unknown';
        if (!closing.signal.aborted) log.error('source.not_synced', { code });
      });
  };

  const follow = (): void => {
    if (!followsSources) return;
    const watched = store.sources().filter(({ isWatched }) => isWatched);
    for (const { id, path: dir } of watched) {
      if (watches.has(id)) continue;
      watches.set(
        id,
        watchSource(dir, () => syncLater(id), log),
      );
      syncLater(id);
    }
    for (const [id, watch] of watches) {
      if (watched.some((source) => source.id === id)) continue;
      watches.delete(id);
      void watch.close();
    }
  };

  follow();

  return {
    showProgress,
    sources: () => Promise.resolve(store.sources()),
    async addSource(source: NewSource, signal) {
      await mustExist(source.path);
      const known = store
        .sources()
        .find(({ path: dir, pool }) => dir === source.path && pool === source.pool);
      const id = known?.id ?? randomUUID();
      await enqueue(() => {
        inTransaction(database.writer, () => store.put({ id, ...source }));
        return Promise.resolve();
      });
      try {
        return await sync([find(id)], signal);
      } finally {
        follow();
      }
    },
    async updateSource(sourceId, { isWatched }) {
      await enqueue(() => {
        const source = find(sourceId);
        inTransaction(database.writer, () => store.put({ ...source, isWatched }));
        return Promise.resolve();
      });
      follow();
    },
    async removeSource(sourceId) {
      find(sourceId);
      await importScope(
        { sources: [], added: [], leaving: [sourceId], replacesDetached: null },
        { keepsReport: false, findsDuplicates: false },
      );
      follow();
    },
    async syncSources(sourceId, signal) {
      return sync(sourceId === null ? store.sources() : [find(sourceId)], signal);
    },
    async importArticles(paths, signal, options = {}) {
      const isOfRelease = releases.release() !== null;
      if (isOfRelease && options.isDetached) throw new AppErrorException('KNOWLEDGE_OF_RELEASE');
      const scope = await scopeOf(paths, options, store.sources());
      const ofSources = isOfRelease ? { ...scope, replacesDetached: null } : scope;
      const report = await importScope(ofSources, {
        mustFind: true,
        keepsReport: options.isDetached !== true,
        signal,
      });
      follow();
      return report;
    },
    lastReport: () => Promise.resolve(reports.last()),
    onImportProgress(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closing.abort();
      await Promise.all([...watches.values()].map((watch) => watch.close()));
      listeners.clear();
    },
  };
}

/** What makes a pool equal to some paths: known sources stay the same ones, new ones come, the others leave. */
async function scopeOf(
  paths: readonly string[],
  { pool = 'articles', isWatched, isDetached = false }: ImportOptions,
  stored: readonly KnowledgeSource[],
): Promise<ImportScope> {
  const ofPool = stored.filter((source) => source.pool === pool);
  const sources: (NewScopeSource | { id: null; path: string; pool: typeof pool })[] = [];
  const wanted = [...new Set(paths.map((given) => path.resolve(given)))];
  for (const dir of wanted) {
    await mustExist(dir);
    const known = ofPool.find((source) => source.path === dir);
    if (isDetached) sources.push({ id: null, path: dir, pool });
    else {
      sources.push({
        ...{ id: known?.id ?? randomUUID(), path: dir, pool },
        isWatched: isWatched ?? known?.isWatched ?? false,
      });
    }
  }
  const staying = new Set(sources.map(({ id }) => id));
  return {
    sources,
    added: sources.filter((source): source is NewScopeSource => source.id !== null),
    leaving: ofPool.map(({ id }) => id).filter((id) => !staying.has(id)),
    replacesDetached: pool,
  };
}

async function mustExist(file: string): Promise<void> {
  if (!(await stat(file).catch(() => null))) throw new AppErrorException('KNOWLEDGE_SOURCE_NOT_FOUND', file);
}

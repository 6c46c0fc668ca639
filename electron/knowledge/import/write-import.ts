import { AppErrorException } from '../../../shared/errors/app-error.js';
import { throwIfCancelled } from '../cancellation.js';
import { createArticleWriter } from '../store/article-writer.js';
import type { KnowledgeDatabase } from '../store/knowledge-database.js';
import type { SourceStore } from '../store/source-store.js';
import { createWorkSlices } from '../work-slices.js';
import type { ArticleSpool } from './article-spool.js';
import type { PhaseProgress } from './import-progress.js';
import type { ImportScope } from './import-scope.js';
import type { ImportPlan } from './plan-import.js';
import type { ReadResult } from './read-planned.js';

export interface WriteDeps {
  readonly database: KnowledgeDatabase;
  readonly store: SourceStore;
  readonly spool: ArticleSpool;
  /** The database as it was when the import was planned. */
  readonly generation: number;
  readonly now: () => Date;
  readonly progress: PhaseProgress;
  readonly signal: AbortSignal | undefined;
}

export interface Written {
  readonly removedArticles: number;
  /** Whether any article was added, changed or removed. */
  readonly hasChanged: boolean;
}

/**
 * Writes what was read as one transaction over several turns: searches go on reading the state before it through their
 * own connection, and see all of it at once.
 * @throws AppErrorException KNOWLEDGE_BUSY when another process committed since the import was planned.
 */
export async function writeImport(
  scope: ImportScope,
  plan: ImportPlan,
  read: ReadResult,
  deps: WriteDeps,
): Promise<Written> {
  const { database, store, spool, progress, signal } = deps;
  const { writer } = database;
  const removed = removedIds(scope, plan, read, store);
  const hasChanged = spool.count > 0 || removed.length > 0;
  const articles = createArticleWriter(writer);
  writer.exec('BEGIN IMMEDIATE');
  try {
    if (database.generation() !== deps.generation) throw new AppErrorException('KNOWLEDGE_BUSY');
    const slices = createWorkSlices();
    let done = 0;
    const rest = async (): Promise<void> => {
      if (!slices.isOver()) return;
      await slices.next();
      throwIfCancelled(signal);
    };
    for (const id of removed) {
      articles.remove(id);
      await rest();
    }
    for (const cut of spool.read()) {
      articles.put(cut);
      progress.at(++done);
      await rest();
    }
    writeSources(scope, plan, read, deps);
    if (hasChanged) {
      const dropping = articles.dropUnusedVectors();
      if (!isWaiting(store, scope)) while (dropping.next().done !== true) await rest();
      writer.exec(`UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'`);
    }
    writer.exec('COMMIT');
  } catch (cause) {
    writer.exec('ROLLBACK');
    throw cause;
  }
  return { removedArticles: removed.length, hasChanged };
}

function writeSources(
  scope: ImportScope,
  plan: ImportPlan,
  { files }: ReadResult,
  { store, now }: WriteDeps,
): void {
  for (const id of scope.leaving) store.remove(id);
  for (const source of scope.added) store.put(source);
  for (const { sourceId, path } of plan.gone) store.removeFile(sourceId, path);
  for (const { planned, stored } of files) {
    if (planned.source.id !== null) store.putFile(planned.source.id, stored);
  }
  const at = now().toISOString();
  for (const { id } of scope.sources) if (id !== null) store.setImported(id, at);
}

/** Vectors of an import that was interrupted belong to no passage yet; it will need them. */
function isWaiting(store: SourceStore, { sources, leaving }: ImportScope): boolean {
  const settled = new Set([...sources.map(({ id }) => id), ...leaving]);
  return store.sources().some(({ id, importedAt }) => importedAt === null && !settled.has(id));
}

/** Articles of what left or is gone, and of files that were read to their end and do not hold them any more. */
function removedIds(
  { leaving, replacesDetached }: ImportScope,
  { gone }: ImportPlan,
  { files, live }: ReadResult,
  store: SourceStore,
): string[] {
  const candidates = [
    ...leaving.flatMap((id) => store.articlesOfSource(id)),
    ...(replacesDetached === null ? [] : store.detachedArticles(replacesDetached)),
    ...gone.flatMap(({ sourceId, path }) => store.articlesOfFile(sourceId, path)),
    ...files.flatMap(({ planned: { source, found }, isWhole }) =>
      isWhole && source.id !== null ? store.articlesOfFile(source.id, found.relativePath) : [],
    ),
  ];
  return [...new Set(candidates)].filter((id) => !live.has(id));
}

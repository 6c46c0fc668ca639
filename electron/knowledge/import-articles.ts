import { AppErrorException } from '../../shared/errors/app-error.js';
import { pause, throwIfCancelled } from './cancellation.js';
import { embeddedText } from './chunks/chunk.js';
import { articleFingerprint } from './chunks/identity.js';
import { cutArticle } from './cut-article.js';
import { embedChunks } from './embed-chunks.js';
import type { ImportReport } from './knowledge-base.js';
import { readArticles } from './markdown/read-articles.js';
import type { PassageEmbedder } from './passage-embedder.js';
import { createArticleReader } from './store/article-reader.js';
import { createArticleWriter, type CutArticle } from './store/article-writer.js';
import { corrupt, type KnowledgeDatabase } from './store/knowledge-database.js';
import { isCorruption, sqliteCode } from './store/sqlite.js';
import type { VectorStore } from './store/vector-store.js';

export interface ImportDeps {
  readonly database: KnowledgeDatabase;
  readonly vectors: VectorStore;
  readonly embedder: PassageEmbedder | null;
  readonly onProgress: (done: number, total: number) => void;
  /** Called in the same turn as the commit, so that no search sees half of each. */
  readonly onCommitted: () => void;
}

/**
 * Makes the stored articles equal to the Markdown under `paths`: only what changed is cut and embedded, and all of it
 * becomes visible at once. A kill at any moment leaves the old articles; vectors that were computed by then are kept.
 * @throws AppErrorException KNOWLEDGE_SOURCE_NOT_FOUND, KNOWLEDGE_NOTHING_TO_IMPORT, KNOWLEDGE_NOT_SAVED,
 * KNOWLEDGE_DATABASE_CORRUPT, SUGGESTION_CANCELLED.
 */
export async function importArticles(
  paths: readonly string[],
  deps: ImportDeps,
  signal?: AbortSignal,
): Promise<ImportReport> {
  const { database, vectors, embedder, onProgress } = deps;
  const { articles, failures } = await readArticles(paths);
  try {
    const stored = createArticleReader(database.reader).fingerprints();
    const changed: CutArticle[] = [];
    for (const article of articles) {
      throwIfCancelled(signal);
      if (stored.get(article.id) === articleFingerprint(article)) continue;
      changed.push(cutArticle(article));
      await pause();
    }
    const imported = new Set(articles.map(({ id }) => id));
    const removed = [...stored.keys()].filter((id) => !imported.has(id));
    const texts = changed.flatMap(({ article, chunks }) =>
      chunks.map(({ hash, headingPath, plain }) => ({
        hash,
        text: embeddedText(article.title, headingPath, plain),
      })),
    );
    const embedded = embedder ? await embedChunks(texts, embedder, vectors, { onProgress, signal }) : 0;
    if (changed.length > 0 || removed.length > 0) await write(changed, removed, deps, signal);
    const chunks = countChunks(database);
    return {
      articles: articles.length,
      chunks,
      reusedChunks: embedder ? Math.max(0, chunks - embedded) : 0,
      removedArticles: removed.length,
      failures,
    };
  } catch (cause) {
    throw translate(cause, database.file);
  }
}

async function write(
  changed: readonly CutArticle[],
  removed: readonly string[],
  { database, onCommitted }: ImportDeps,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { writer } = database;
  const articles = createArticleWriter(writer);
  // One transaction over several turns: searches go on reading the state before it through their own connection.
  writer.exec('BEGIN IMMEDIATE');
  try {
    for (const id of removed) articles.remove(id);
    for (const cut of changed) {
      articles.put(cut);
      await pause();
      throwIfCancelled(signal);
    }
    articles.dropUnusedVectors();
    writer.exec(`UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'`);
    writer.exec('COMMIT');
  } catch (cause) {
    writer.exec('ROLLBACK');
    throw cause;
  }
  onCommitted();
}

function countChunks(database: KnowledgeDatabase): number {
  return database.reader.prepare<{ n: number }>('SELECT count(*) AS n FROM chunks').get()?.n ?? 0;
}

function translate(cause: unknown, file: string): unknown {
  if (isCorruption(cause)) return corrupt(file, cause);
  const code = sqliteCode(cause);
  return code === null ? cause : new AppErrorException('KNOWLEDGE_NOT_SAVED', `${file}: ${code}`, { cause });
}

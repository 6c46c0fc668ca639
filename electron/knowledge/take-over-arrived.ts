import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';

import type { Logger } from '../../shared/lib/logger.js';
import { detachedId } from './detached-id.js';
import { createArrivingArticles, type ArrivingArticles } from './store/arriving-articles.js';
import { createArticleWriter } from './store/article-writer.js';
import { openKnowledgeDatabase, type KnowledgeDatabase } from './store/knowledge-database.js';
import { createReleaseStore } from './store/release-store.js';
import { createSourceStore } from './store/source-store.js';
import { inTransaction } from './store/sqlite.js';
import { titleKey } from './store/vector-list.js';
import { createVectorStore } from './store/vector-store.js';

/**
 * Brings the articles that came with the workspace to the state of the knowledge in `arrivingDir`, then removes that folder. Sources, their
 * articles and vectors stay as they are; passages that have vectors of an embedder in use bring them along. All of it is one
 * transaction, so a kill leaves the articles of before and the folder, and the next start does it again. Where no article that came with the
 * workspace is left, the team has replaced them by its own, and none comes back; nor does one where the articles are those of a release.
 * What fails is logged and tried again at the next start.
 */
export function takeOverArrived(database: KnowledgeDatabase, arrivingDir: string, log: Logger): void {
  if (!existsSync(path.join(arrivingDir, 'knowledge.db'))) return;
  try {
    const arriving = openKnowledgeDatabase(arrivingDir);
    try {
      const count = takeOver(database, createArrivingArticles(arriving.reader));
      log.info('articles.taken_over', { count });
    } finally {
      arriving.close();
    }
    rmSync(arrivingDir, { recursive: true, force: true });
  } catch (cause) {
    log.warn('articles.not_taken_over', { code: cause instanceof Error ? cause.name : 'unknown' });
  }
}

/** @returns how many articles were added, changed or removed. */
function takeOver({ reader, writer }: KnowledgeDatabase, arriving: ArrivingArticles): number {
  if (createReleaseStore(reader, writer).release()) return 0;
  const store = createSourceStore(reader, writer);
  const before = [...store.detachedArticles('articles'), ...store.detachedArticles('cases')];
  if (before.length === 0) return 0;
  const named = [...arriving.articles()].map((cut) => ({
    ...cut,
    article: { ...cut.article, id: detachedId(cut.article.id, store) },
  }));
  const staying = new Set(named.map(({ article }) => article.id));
  const gone = before.filter((id) => !staying.has(id));
  const changed = named.filter(
    ({ article, fingerprint }) => store.identity(article.id)?.fingerprint !== fingerprint,
  );
  if (gone.length + changed.length === 0) return 0;

  const vectors = createVectorStore(reader, writer);
  const hashes = changed.flatMap(({ article, chunks }) => [
    ...chunks.map(({ hash }) => hash),
    titleKey(article.title),
  ]);
  for (const embedderId of vectors.embedders()) {
    vectors.keep(arriving.vectors(embedderId, vectors.missing(hashes, embedderId)), embedderId);
  }
  const articles = createArticleWriter(writer);
  inTransaction(writer, () => {
    for (const id of gone) articles.remove(id);
    for (const cut of changed) articles.put({ ...cut, origin: null });
    writer.exec(`UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'`);
  });
  return gone.length + changed.length;
}

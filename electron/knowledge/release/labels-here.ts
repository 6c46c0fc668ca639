import type { ListingEntry } from '../../../shared/domain/release.js';
import { decodeGraphArticles } from '../../../release/graph-articles.js';
import { createReleaseStore } from '../store/release-store.js';
import type { Sqlite } from '../store/sqlite.js';
import type { StagedSegments } from './staged-segments.js';

/** The contents of the parts of a graph, joined; null where one was not fetched or there is none. @throws AppErrorException RELEASE_DAMAGED. */
export function joinParts(
  entries: readonly ListingEntry[],
  prefix: string,
  segments: StagedSegments,
): Buffer | null {
  const parts = entries.filter(({ key }) => key.startsWith(prefix)).sort((a, b) => (a.key < b.key ? -1 : 1));
  if (parts.length === 0 || !parts.every(({ hash }) => segments.has(hash))) return null;
  return Buffer.concat(parts.map((part) => segments.content(part)));
}

/**
 * Finds the number a passage has here for the label a graph of the release has for it. Passages of articles that changed since the graph was
 * made have none. @throws AppErrorException RELEASE_DAMAGED.
 */
export function labelsHere(database: Sqlite, graphArticles: Buffer): ReadonlyMap<number, number> {
  const idOf = new Map(
    createReleaseStore(database, database)
      .entries()
      .map(({ hash, articleId }) => [hash, articleId]),
  );
  const passages = database.prepare<{ id: number }>(
    'SELECT id FROM chunks WHERE article_id = ? ORDER BY ordinal',
  );
  const here = new Map<number, number>();
  let first = 1;
  for (const article of decodeGraphArticles(graphArticles)) {
    const articleId = idOf.get(article.hash) ?? null;
    const ids = articleId === null ? [] : passages.all([articleId]).map(({ id }) => id);
    if (ids.length === article.passages) for (const [i, id] of ids.entries()) here.set(first + i, id);
    first += article.passages;
  }
  return here;
}

import type { ReleasedArticle } from '../../../release/article-segment.js';
import { articleId } from '../sources/article-ids.js';
import { createArticleWriter, type HashedChunk } from '../store/article-writer.js';
import { createSourceStore } from '../store/source-store.js';
import type { Sqlite } from '../store/sqlite.js';
import { titleKey } from '../store/vector-list.js';
import type { StoredVector } from '../store/vector-store.js';

/** Names an article of the team where an article of a source here has its id already. */
const BESIDE = 'of-workspace';

/** Writes the articles of a release inside a transaction the caller holds. Articles of sources added here are never touched. */
export interface ReleaseArticles {
  put(released: ReleasedArticle): void;
  /** Removes every article of no source that is not one of these. @returns how many. */
  removeOthers(articleIds: readonly string[]): number;
  /** Drops vectors of what was taken away and is nowhere else. */
  dropUnused(): void;
}

/** `embedderId` is the one in use here; vectors of another are left out. */
export function createReleaseArticles(writer: Sqlite, embedderId: string | null): ReleaseArticles {
  const store = createSourceStore(writer, writer);
  const articles = createArticleWriter(writer);
  const putVector = writer.prepare('INSERT OR IGNORE INTO vectors (hash, embedder, vector) VALUES (?, ?, ?)');
  const chunksOf = writer.prepare<{ hash: string }>('SELECT hash FROM chunks WHERE article_id = ?');
  const titleOf = writer.prepare<{ title: string }>('SELECT title FROM articles WHERE id = ?');
  const chunkWith = writer.prepare('SELECT 1 FROM chunks WHERE hash = ? LIMIT 1');
  const articleWith = writer.prepare(`SELECT 1 FROM articles WHERE '${titleKey('')}' || title = ? LIMIT 1`);
  const dropVector = writer.prepare('DELETE FROM vectors WHERE hash = ?');
  const leaving = new Set<string>();

  const noteLeaving = (id: string): void => {
    for (const { hash } of chunksOf.all([id])) leaving.add(hash);
    const title = titleOf.all([id])[0]?.title;
    if (title !== undefined) leaving.add(titleKey(title));
  };
  const isOfSource = (id: string): boolean => (store.identity(id)?.sourceId ?? null) !== null;
  const nameOf = (id: string): string => (isOfSource(id) ? articleId(id, BESIDE) : id);

  return {
    put(released) {
      const { article, fingerprint, chunks } = released;
      const id = nameOf(article.id);
      noteLeaving(id);
      const cut: HashedChunk[] = chunks.map((chunk) => ({
        ...chunk,
        text: article.markdown.slice(chunk.span.start, chunk.span.end),
      }));
      articles.put({ article: { ...article, id }, origin: null, fingerprint, chunks: cut });
      if (embedderId === null || released.vectors?.id !== embedderId) return;
      for (const { hash, vector } of vectorsOf(released)) putVector.run([hash, embedderId, bytesOf(vector)]);
    },
    removeOthers(articleIds) {
      const staying = new Set(articleIds.map(nameOf));
      const detached = [...store.detachedArticles('articles'), ...store.detachedArticles('cases')];
      const gone = detached.filter((id) => !staying.has(id));
      for (const id of gone) {
        noteLeaving(id);
        articles.remove(id);
      }
      return gone.length;
    },
    dropUnused() {
      for (const hash of leaving)
        if (chunkWith.all([hash]).length + articleWith.all([hash]).length === 0) dropVector.run([hash]);
    },
  };
}

function vectorsOf({ article, chunks, passages, title }: ReleasedArticle): StoredVector[] {
  const rows = chunks.flatMap(({ hash }, i) => {
    const vector = passages[i];
    return vector ? [{ hash, vector }] : [];
  });
  return title ? [...rows, { hash: titleKey(article.title), vector: title }] : rows;
}

const bytesOf = (vector: Float32Array): Buffer =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

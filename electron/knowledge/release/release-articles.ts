import type { ReleasedArticle } from '../../../release/article-segment.js';
import { createArticleWriter, type CutArticle } from '../store/article-writer.js';
import { createSourceStore } from '../store/source-store.js';
import type { Sqlite } from '../store/sqlite.js';
import { titleKey } from '../store/vector-list.js';
import { createVectorStore, type StoredVector } from '../store/vector-store.js';

/** Writes the articles of a release inside a transaction the caller holds. Articles of sources added here are never touched. */
export interface ReleaseArticles {
  /** `id` is the one it has here. */
  put(released: ReleasedArticle, id: string): void;
  /** Removes every article of no source whose id is not one of these. @returns how many. */
  removeOthers(ids: ReadonlySet<string>): number;
  /** Drops vectors of what was taken away and is nowhere else. */
  dropUnused(): void;
}

/** Vectors are kept where `keepsVectorsOf` says so of their embedder. */
export function createReleaseArticles(
  writer: Sqlite,
  keepsVectorsOf: (embedderId: string) => boolean,
): ReleaseArticles {
  const store = createSourceStore(writer, writer);
  const articles = createArticleWriter(writer);
  const vectors = createVectorStore(writer, writer);
  const leaving = new Set<string>();

  const noteLeaving = (id: string): void => {
    for (const key of articles.vectorKeys(id)) leaving.add(key);
  };

  return {
    put(released, id) {
      noteLeaving(id);
      const cut = cutOf(released);
      articles.put({ ...cut, article: { ...cut.article, id }, origin: null });
      const embedderId = released.vectors?.id;
      if (embedderId !== undefined && keepsVectorsOf(embedderId))
        vectors.put(vectorsOf(released), embedderId);
    },
    removeOthers(ids) {
      const detached = [...store.detachedArticles('articles'), ...store.detachedArticles('cases')];
      const gone = detached.filter((id) => !ids.has(id));
      for (const id of gone) {
        noteLeaving(id);
        articles.remove(id);
      }
      return gone.length;
    },
    dropUnused: () => articles.dropVectors(leaving),
  };
}

/** An article as it is stored. */
export function cutOf({ article, fingerprint, chunks }: ReleasedArticle): Omit<CutArticle, 'origin'> {
  return {
    ...{ article, fingerprint },
    chunks: chunks.map((chunk) => ({
      ...chunk,
      text: article.markdown.slice(chunk.span.start, chunk.span.end),
    })),
  };
}

function vectorsOf({ article, chunks, passages, title }: ReleasedArticle): StoredVector[] {
  const rows = chunks.flatMap(({ hash }, i) => {
    const vector = passages[i];
    return vector ? [{ hash, vector }] : [];
  });
  return title ? [...rows, { hash: titleKey(article.title), vector: title }] : rows;
}

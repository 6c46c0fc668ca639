import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import { createArticleReader } from './article-reader.js';
import type { CutArticle, HashedChunk } from './article-writer.js';
import type { Sqlite } from './sqlite.js';
import type { StoredVector } from './vector-store.js';

interface ChunkRow {
  readonly ordinal: number;
  readonly headings: string;
  readonly start: number;
  readonly end: number;
  readonly page: number | null;
  readonly hash: string;
  readonly plain: string;
}

/** Which articles of a knowledge file: those of no source, or all. */
export type WhichArticles = 'of_no_source' | 'all';

/** The articles of another knowledge file, cut and ready to be written into this one, in the order of their ids in code units. */
export interface ArrivingArticles {
  /** Those with one of these ids; all where none are given. */
  articles(ids?: ReadonlySet<string>): Generator<Omit<CutArticle, 'origin'>>;
  /** Vectors of an embedder for these passages; none when that embedder never ran there. */
  vectors(embedderId: string, hashes: readonly string[]): readonly StoredVector[];
}

export function createArrivingArticles(
  database: Sqlite,
  which: WhichArticles = 'of_no_source',
): ArrivingArticles {
  const reader = createArticleReader(database);
  const heads = database.prepare<{ id: string; fingerprint: string }>(
    `SELECT id, fingerprint FROM articles ${which === 'all' ? '' : 'WHERE source_id IS NULL'}`,
  );
  const chunks = database.prepare<ChunkRow>(`
    SELECT c.ordinal, c.heading_path AS headings, c.span_start AS start, c.span_end AS end, c.page, c.hash,
      p.body AS plain
    FROM chunks c JOIN passages p ON p.rowid = c.id WHERE c.article_id = ? ORDER BY c.ordinal`);
  // CROSS JOIN: SQLite would begin with all vectors of the embedder, for each article again.
  const vectors = database.prepare<{ hash: string; vector: ArrayBuffer }>(`
    SELECT v.hash, v.vector FROM json_each(?) AS wanted
    CROSS JOIN vectors v ON v.embedder = ? AND v.hash = wanted.value`);
  const chunksOf = ({ id, markdown }: KnowledgeArticle): HashedChunk[] =>
    chunks.all([id]).map(({ ordinal, headings, start, end, page, hash, plain }) => ({
      ...{ ordinal, page, hash, plain },
      headingPath: JSON.parse(headings) as string[],
      span: { start, end },
      text: markdown.slice(start, end),
    }));
  return {
    *articles(ids) {
      // SQLite orders by UTF-8 bytes, which is another order beyond the basic plane.
      for (const { id, fingerprint } of heads.all().sort((a, b) => (a.id < b.id ? -1 : 1))) {
        if (ids?.has(id) === false) continue;
        const article = reader.article(id);
        if (article) yield { article, fingerprint, chunks: chunksOf(article) };
      }
    },
    vectors: (embedderId, hashes) =>
      vectors
        .all([JSON.stringify(hashes), embedderId])
        .map(({ hash, vector }) => ({ hash, vector: new Float32Array(vector) })),
  };
}

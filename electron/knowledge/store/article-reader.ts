import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import type { ArticleHead } from '../knowledge-base.js';
import type { Sqlite } from './sqlite.js';

interface HeadRow {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly audience: 'public' | 'internal';
  readonly language: string;
  readonly brand: string | null;
  readonly pool: 'articles' | 'cases';
  readonly product: string | null;
  readonly owner: string | null;
  readonly source: string | null;
  readonly updated_at: string | null;
  readonly valid_from: string | null;
  readonly valid_until: string | null;
}

const HEAD =
  'id, title, category, audience, language, brand, pool, product, owner, source, updated_at, valid_from, valid_until';

/** Reads articles as they were last imported. */
export interface ArticleReader {
  article(id: string): KnowledgeArticle | null;
  /** All articles by category and title. */
  list(): ArticleHead[];
}

export function createArticleReader(database: Sqlite): ArticleReader {
  const one = database.prepare<HeadRow & { markdown: string }>(
    `SELECT ${HEAD}, markdown FROM articles WHERE id = ?`,
  );
  const all = database.prepare<HeadRow>(`SELECT ${HEAD} FROM articles ORDER BY category, title`);
  return {
    article(id) {
      const row = one.get([id]);
      return row ? { ...headOf(row), markdown: row.markdown } : null;
    },
    list: () => all.all().map(headOf),
  };
}

function headOf(row: HeadRow): ArticleHead {
  return {
    id: row.id,
    title: row.title,
    category: row.category,
    audience: row.audience,
    language: row.language,
    brand: row.brand,
    pool: row.pool,
    product: row.product,
    owner: row.owner,
    source: row.source,
    updatedAt: row.updated_at,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  };
}

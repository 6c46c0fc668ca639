import type { Audience } from '../../../shared/domain/evidence.js';
import type { KnowledgePool } from '../../../shared/domain/knowledge-article.js';
import type { Sqlite } from './sqlite.js';

/** What decides whether a search may see a chunk at all. */
export interface ChunkFacets {
  readonly articleId: string;
  readonly audience: Audience;
  readonly language: string;
  readonly pool: KnowledgePool;
  readonly brand: string | null;
  readonly product: string | null;
}

export interface FacetTable {
  readonly articles: number;
  readonly byChunk: ReadonlyMap<number, ChunkFacets>;
}

/** Reads the facets of all chunks; chunks of one article share one object. */
export function loadFacets(database: Sqlite): FacetTable {
  const articles = new Map(
    database
      .prepare<ChunkFacets>('SELECT id AS articleId, audience, language, pool, brand, product FROM articles')
      .all()
      .map((row) => [row.articleId, row]),
  );
  const byChunk = new Map<number, ChunkFacets>();
  const chunks = database.prepare<{ id: number; article_id: string }>('SELECT id, article_id FROM chunks');
  for (const row of chunks.all()) {
    const facets = articles.get(row.article_id);
    if (facets) byChunk.set(row.id, facets);
  }
  return { articles: articles.size, byChunk };
}

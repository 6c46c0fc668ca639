import type { Audience } from '../../../shared/domain/evidence.js';
import type { Sqlite } from './sqlite.js';

/** A chunk a search found, with all that ranking and showing it needs. */
export interface CandidateRow {
  readonly id: number;
  readonly hash: string;
  readonly articleId: string;
  readonly ordinal: number;
  readonly headingPath: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly title: string;
  readonly category: string;
  readonly audience: Audience;
  readonly language: string;
  readonly brand: string | null;
  readonly product: string | null;
  readonly updatedAt: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  /** Page of a PDF the passage begins on, 1-based. */
  readonly page: number | null;
  /** The passage without Markdown marks. */
  readonly body: string;
}

export interface CandidateReader {
  /** The stored chunks among `ids`, in no order. */
  candidates(ids: readonly number[]): CandidateRow[];
  markdown(articleId: string): string;
}

export function createCandidateReader(database: Sqlite): CandidateReader {
  const byIds = database.prepare<Omit<CandidateRow, 'headingPath'> & { headings: string }>(`
    SELECT c.id, c.hash, c.article_id AS articleId, c.ordinal, c.heading_path AS headings,
      c.span_start AS start, c.span_end AS end, a.title, a.category, a.audience, a.language, a.brand, a.product, c.page,
      a.updated_at AS updatedAt, a.valid_from AS validFrom, a.valid_until AS validUntil, p.body
    FROM json_each(?) AS wanted
    JOIN chunks c ON c.id = wanted.value
    JOIN articles a ON a.id = c.article_id
    JOIN passages p ON p.rowid = c.id`);
  const markdown = database.prepare<{ markdown: string }>('SELECT markdown FROM articles WHERE id = ?');
  return {
    candidates: (ids) =>
      byIds
        .all([JSON.stringify(ids)])
        .map(({ headings, ...row }) => ({ ...row, headingPath: JSON.parse(headings) as string[] })),
    markdown: (articleId) => markdown.get([articleId])?.markdown ?? '',
  };
}

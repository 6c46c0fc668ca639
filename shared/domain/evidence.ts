import { z } from 'zod';

/** Who may read a text: `internal` never reaches a customer. */
export const Audience = z.enum(['public', 'internal']);
export type Audience = z.infer<typeof Audience>;

/** Whether a passage still holds: `upcoming` before validFrom, `expired` after validUntil, `stale` when nobody looked at it for long. */
export const Freshness = z.enum(['current', 'stale', 'expired', 'upcoming']);
export type Freshness = z.infer<typeof Freshness>;

/** A half-open range of UTF-16 code units, `[start, end)`, in an article's Markdown. */
export const Span = z.object({ start: z.int().nonnegative(), end: z.int().nonnegative() });
export type Span = z.infer<typeof Span>;

/** A passage that may support an answer, with the exact place it comes from. */
export const Evidence = z.object({
  /** `E1`, `E2`, ... unique within one suggestion; what a citation names. Similar cases are `C1`, `C2`, ... */
  id: z.string(),
  articleId: z.string(),
  articleTitle: z.string(),
  category: z.string(),
  /** Headings from the outermost to the one the passage stands under. */
  headingPath: z.array(z.string()),
  audience: Audience,
  language: z.string(),
  brand: z.string().nullable(),
  product: z.string().nullable(),
  updatedAt: z.string().nullable(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  freshness: Freshness,
  /** Page of a PDF the passage begins on, 1-based; null for other sources. */
  page: z.int().positive().nullable(),
  chunkId: z.string(),
  /** The passage, exactly `article.markdown.slice(span.start, span.end)`. */
  text: z.string(),
  span: Span,
  /** Places in `text` that speak to an assistant instead of to people; no model reads them and no reply stands on them. */
  instructions: z.array(Span).optional(),
  /** Fused score, 0 to 1; comparable within one search only. */
  score: z.number(),
  /** 1-based ranks in the two searches, null where that search did not find it. */
  lexicalRank: z.int().nullable(),
  denseRank: z.int().nullable(),
  /** Cosine of query and passage, -1 to 1; null when the embedder was not available. */
  cosine: z.number().nullable(),
});
export type Evidence = z.infer<typeof Evidence>;

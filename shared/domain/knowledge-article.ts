import { z } from 'zod';

import { Audience } from './evidence.js';

/** `articles` is what the team wrote; `cases` are past conversations, shown as similar cases and never quoted as knowledge. */
export const KnowledgePool = z.enum(['articles', 'cases']);
export type KnowledgePool = z.infer<typeof KnowledgePool>;

/** One article as the team wrote it. `markdown` is the whole body; evidence spans are offsets into it. */
export const KnowledgeArticle = z.object({
  id: z.string().min(1),
  title: z.string().min(1),
  category: z.string(),
  audience: Audience,
  language: z.string(),
  brand: z.string().nullable(),
  pool: KnowledgePool,
  product: z.string().nullable(),
  owner: z.string().nullable(),
  source: z.string().nullable(),
  /** ISO dates (YYYY-MM-DD). */
  updatedAt: z.string().nullable(),
  validFrom: z.string().nullable(),
  validUntil: z.string().nullable(),
  markdown: z.string(),
});
export type KnowledgeArticle = z.infer<typeof KnowledgeArticle>;

/** What the engine is doing, as the status bar shows it. */
export const KnowledgeStatus = z.discriminatedUnion('state', [
  z.object({ state: z.literal('opening') }),
  z.object({ state: z.literal('indexing'), done: z.int(), total: z.int() }),
  z.object({
    state: z.literal('ready'),
    articles: z.int(),
    chunks: z.int(),
    /** The one that answers. */
    embedder: z.string(),
    /** Why a change to another embedder does not go on; absent when there is none, or none that stands still. */
    changeProblem: z.object({ code: z.string(), message: z.string(), next: z.string() }).optional(),
  }),
  z.object({ state: z.literal('lexical_only'), articles: z.int(), chunks: z.int(), reason: z.string() }),
  z.object({ state: z.literal('failed'), code: z.string(), message: z.string(), next: z.string() }),
]);
export type KnowledgeStatus = z.infer<typeof KnowledgeStatus>;

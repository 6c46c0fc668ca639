import { z } from 'zod';

import { KnowledgePool } from './knowledge-article.js';
import { Span } from './evidence.js';

/** A file, folder or export that knowledge is read from. */
export const KnowledgeSource = z.object({
  id: z.string().min(1),
  /** As the user named it; absolute. */
  path: z.string().min(1),
  pool: KnowledgePool,
  /** True while changes below `path` are taken over by themselves. */
  isWatched: z.boolean(),
  articles: z.int().nonnegative(),
  /** ISO time of the last import that ended; null before the first. */
  importedAt: z.string().nullable(),
});
export type KnowledgeSource = z.infer<typeof KnowledgeSource>;

/** A file, page or record that could not be read; the rest of the import went on. */
export const ImportFailure = z.object({
  path: z.string(),
  /** Page of a PDF, line of a CSV or JSONL, 1-based; null for the whole file. */
  place: z.int().positive().nullable(),
  reason: z.string(),
  /**
   * What the ids of the articles begin with that it would have had; null where nobody can say (a folder that cannot be opened). Left out where
   * none is missing: a picture, a file that was read to its end, one whose articles of an earlier import are kept.
   */
  baseId: z.string().nullable().optional(),
});
export type ImportFailure = z.infer<typeof ImportFailure>;

/** One side of a pair of passages that say the same. */
export const PassagePlace = z.object({ articleId: z.string(), articleTitle: z.string(), span: Span });
export type PassagePlace = z.infer<typeof PassagePlace>;

/** Two passages of different articles with the same or nearly the same words. */
export const DuplicatePassage = z.object({
  kind: z.enum(['exact', 'near']),
  /** Share of common word shingles (Jaccard), 0 to 1. */
  similarity: z.number().min(0).max(1),
  first: PassagePlace,
  second: PassagePlace,
});
export type DuplicatePassage = z.infer<typeof DuplicatePassage>;

/** Where a running import is. */
export const ImportProgress = z.object({
  phase: z.enum(['reading', 'embedding', 'writing', 'indexing']),
  done: z.int().nonnegative(),
  total: z.int().nonnegative(),
  /** Items of this phase a second, 0 while unknown. */
  perSecond: z.number().nonnegative(),
  /** Estimate for this phase; null while unknown. */
  remainingMs: z.number().nonnegative().nullable(),
});
export type ImportProgress = z.infer<typeof ImportProgress>;

/** What an import did. */
export const ImportReport = z.object({
  articles: z.int().nonnegative(),
  chunks: z.int().nonnegative(),
  /** Chunks whose vector was already known by the hash of text and embedder. */
  reusedChunks: z.int().nonnegative(),
  removedArticles: z.int().nonnegative(),
  /** Files whose size and time had not changed and that were not read again. */
  unchangedFiles: z.int().nonnegative(),
  failures: z.array(ImportFailure),
  /** At most a thousand, most similar first; `duplicateCount` counts all. */
  duplicates: z.array(DuplicatePassage),
  duplicateCount: z.int().nonnegative(),
  durationMs: z.number().nonnegative(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** What the import is doing now. `path` is null while all sources are brought up to date. */
export const ImportActivity = z.discriminatedUnion('state', [
  z.object({ state: z.literal('resting') }),
  z.object({
    state: z.literal('running'),
    path: z.string().nullable(),
    /** Null before the first thing was counted. */
    progress: ImportProgress.nullable(),
    /** Imports asked for that wait for this one. */
    waiting: z.int().nonnegative(),
    /** False for changes that a watched source brought: they are small and come again anyway. */
    canStop: z.boolean(),
  }),
]);
export type ImportActivity = z.infer<typeof ImportActivity>;

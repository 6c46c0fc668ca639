import { z } from 'zod';

import { KnowledgePool } from '../../domain/knowledge-article.js';
import { ImportActivity, ImportReport, KnowledgeSource } from '../../domain/knowledge-source.js';
import { AppError } from '../../errors/app-error.js';
import { defineRoute } from './define-route.js';

const SourceRef = z.object({ sourceId: z.string().min(1).max(500) });

/** How an import ended. */
export const ImportOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), report: ImportReport }),
  /** The rep stopped it; what had been embedded is kept for the next time. */
  z.object({ kind: z.literal('cancelled') }),
  z.object({ kind: z.literal('failed'), error: AppError }),
]);
export type ImportOutcome = z.infer<typeof ImportOutcome>;

/** What the window may ask about where knowledge comes from. An import is started here and told about by events. */
export const sourceRoutes = {
  'knowledge.sources': defineRoute({
    input: z.void(),
    output: z.object({
      sources: z.array(KnowledgeSource),
      activity: ImportActivity,
      /** Of the last import that ended; null before the first. */
      report: ImportReport.nullable(),
    }),
  }),
  /** Shows the system's own dialog; an empty list when the rep chose nothing. */
  'knowledge.choose_source': defineRoute({
    input: z.object({ kind: z.enum(['folder', 'files']) }),
    output: z.array(z.string()),
  }),
  'knowledge.add_source': defineRoute({
    input: z.object({ path: z.string().min(1).max(4096), pool: KnowledgePool, isWatched: z.boolean() }),
    output: z.void(),
  }),
  'knowledge.update_source': defineRoute({
    input: SourceRef.extend({ isWatched: z.boolean() }),
    output: z.void(),
  }),
  'knowledge.remove_source': defineRoute({ input: SourceRef, output: z.void() }),
  /** Takes over what changed in one source, or in all (null). */
  'knowledge.sync_sources': defineRoute({
    input: z.object({ sourceId: SourceRef.shape.sourceId.nullable() }),
    output: z.void(),
  }),
  /** Stops the running import and those that wait; changes a watched folder brings are not stopped. */
  'knowledge.cancel_import': defineRoute({ input: z.void(), output: z.void() }),
} as const;

export const sourceEvents = {
  'knowledge.import_progress': z.object({ activity: ImportActivity }),
  /** `path` is null when all sources were brought up to date; `isAsked` is false when a watched source changed. */
  'knowledge.import_finished': z.object({
    path: z.string().nullable(),
    isAsked: z.boolean(),
    outcome: ImportOutcome,
  }),
  'knowledge.sources_changed': z.object({ sources: z.array(KnowledgeSource) }),
} as const;

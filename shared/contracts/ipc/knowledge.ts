import { z } from 'zod';

import { Evidence } from '../../domain/evidence.js';
import { KnowledgeArticle, KnowledgePool, KnowledgeStatus } from '../../domain/knowledge-article.js';
import { defineRoute } from './define-route.js';

/** What the window may ask about knowledge. */
export const knowledgeRoutes = {
  'knowledge.article': defineRoute({
    input: z.object({ articleId: z.string().min(1).max(500) }),
    output: KnowledgeArticle,
  }),
  'knowledge.list': defineRoute({
    input: z.void(),
    output: z.array(KnowledgeArticle.omit({ markdown: true })),
  }),
  'knowledge.search': defineRoute({
    input: z.object({
      query: z.string().max(2000),
      pool: KnowledgePool,
      /** Null for all; a passage of no brand (product) in particular fits any. */
      brand: z.string().max(200).nullable(),
      product: z.string().max(200).nullable(),
      /** Whether internal passages may be among those found. */
      withInternal: z.boolean(),
    }),
    output: z.object({
      passages: z.array(Evidence),
      /** Calibrated probability that the best passage is about the question, 0 to 1. */
      confidence: z.number(),
      /** False when the product would keep back an answer from these passages. */
      isAnswerable: z.boolean(),
      mode: z.enum(['hybrid', 'lexical']),
    }),
  }),
  'knowledge.status': defineRoute({ input: z.void(), output: KnowledgeStatus }),
} as const;

export const knowledgeEvents = {
  'knowledge.status_changed': z.object({ status: KnowledgeStatus }),
} as const;

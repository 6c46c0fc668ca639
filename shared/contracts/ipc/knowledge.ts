import { z } from 'zod';

import { Evidence } from '../../domain/evidence.js';
import { KnowledgeArticle, KnowledgeStatus } from '../../domain/knowledge-article.js';
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
    input: z.object({ query: z.string().max(2000) }),
    output: z.array(Evidence),
  }),
  'knowledge.status': defineRoute({ input: z.void(), output: KnowledgeStatus }),
} as const;

export const knowledgeEvents = {
  'knowledge.status_changed': z.object({ status: KnowledgeStatus }),
} as const;

import type { knowledgeRoutes } from '../../../shared/contracts/ipc/knowledge.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { KnowledgeBase } from '../../knowledge/knowledge-base.js';
import type { Handlers } from '../router.js';

/** How many passages a free search shows. */
const SEARCH_LIMIT = 20;

export function knowledgeHandlers(knowledge: KnowledgeBase): Handlers<keyof typeof knowledgeRoutes> {
  return {
    'knowledge.article': async ({ articleId }) => {
      const article = await knowledge.article(articleId);
      if (!article) throw new AppErrorException('KNOWLEDGE_ARTICLE_NOT_FOUND', articleId);
      return article;
    },
    'knowledge.list': async () => [...(await knowledge.list())],
    'knowledge.search': async ({ query, pool, brand, product, withInternal }) => {
      const { passages, confidence, isAnswerable, mode } = await knowledge.search({
        query,
        limit: SEARCH_LIMIT,
        audiences: withInternal ? ['public', 'internal'] : ['public'],
        pool,
        language: null,
        ...(brand === null ? {} : { brand }),
        ...(product === null ? {} : { product }),
      });
      const numbered = passages.map((passage, at) => ({ id: `E${String(at + 1)}`, ...passage }));
      return { passages: numbered, confidence, isAnswerable, mode };
    },
    'knowledge.status': () => knowledge.status(),
  };
}

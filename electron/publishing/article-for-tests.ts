import type { KnowledgeArticle } from '../../shared/domain/knowledge-article.js';

export const articleForTests = (id: string, markdown: string): KnowledgeArticle => ({
  ...{ id, title: `About ${id}`, category: 'help', audience: 'public', language: 'en', pool: 'articles' },
  ...{ brand: null, product: null, owner: null, source: null },
  ...{ updatedAt: null, validFrom: null, validUntil: null, markdown },
});

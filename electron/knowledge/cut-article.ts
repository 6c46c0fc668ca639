import type { KnowledgeArticle } from '../../shared/domain/knowledge-article.js';
import { chunkArticle } from './chunks/chunker.js';
import { articleFingerprint, chunkHash } from './chunks/identity.js';
import { pageAt, type PageStart } from './chunks/page-start.js';
import type { CutArticle } from './store/article-writer.js';

/** Cuts an article into hashed chunks, ready to be embedded and stored. */
export function cutArticle(
  article: KnowledgeArticle,
  pages: readonly PageStart[] = [],
): Omit<CutArticle, 'origin'> {
  return {
    article,
    fingerprint: articleFingerprint(article, pages),
    chunks: chunkArticle(article).map((chunk) => ({
      ...chunk,
      hash: chunkHash(article.title, chunk),
      page: pageAt(pages, chunk.span.start),
    })),
  };
}

import type { KnowledgeArticle } from '../../shared/domain/knowledge-article.js';
import { chunkArticle } from './chunks/chunker.js';
import { articleFingerprint, chunkHash } from './chunks/identity.js';
import type { CutArticle } from './store/article-writer.js';

/** Cuts an article into hashed chunks, ready to be embedded and stored. */
export function cutArticle(article: KnowledgeArticle): CutArticle {
  return {
    article,
    fingerprint: articleFingerprint(article),
    chunks: chunkArticle(article).map((chunk) => ({ ...chunk, hash: chunkHash(article.title, chunk) })),
  };
}

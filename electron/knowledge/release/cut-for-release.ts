import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import type { ReleasedArticle } from '../../../release/article-segment.js';
import { embeddedText } from '../chunks/chunk.js';
import { cutArticle } from '../cut-article.js';

/**
 * Cuts an article as an import does.
 * @returns its passages as a release has them, and what is embedded for them in their order, the title last.
 */
export function cutForRelease(
  given: KnowledgeArticle,
): Pick<ReleasedArticle, 'article' | 'fingerprint' | 'chunks'> & { readonly texts: readonly string[] } {
  const { article, fingerprint, chunks } = cutArticle(given);
  return {
    ...{ article, fingerprint },
    chunks: chunks.map(({ ordinal, headingPath, span, page, hash, plain }) => ({
      ...{ ordinal, span, page, hash, plain },
      headingPath: [...headingPath],
    })),
    texts: [
      ...chunks.map(({ headingPath, plain }) => embeddedText(article.title, headingPath, plain)),
      article.title,
    ],
  };
}

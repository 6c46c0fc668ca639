import { createHash } from 'node:crypto';

import type { KnowledgeArticle } from '../../../shared/domain/knowledge-article.js';
import { embeddedText, type Chunk } from './chunk.js';
import { CHUNKER_VERSION } from './chunker.js';
import type { PageStart } from './page-start.js';

/**
 * What a chunk is: the hash of all that is embedded for it (title, headings, words). A vector is kept under this hash
 * and the embedder's id, so unchanged text is never embedded twice, wherever in an article it moves.
 */
export function chunkHash(title: string, chunk: Pick<Chunk, 'headingPath' | 'plain'>): string {
  return sha256(embeddedText(title, chunk.headingPath, chunk.plain));
}

/** Equal for two imports of an article exactly when nothing about it or about how it is cut has changed. */
export function articleFingerprint(article: KnowledgeArticle, pages: readonly PageStart[] = []): string {
  const fields = Object.entries(article).sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256(JSON.stringify([CHUNKER_VERSION, ...fields, ...(pages.length > 0 ? [pages] : [])]));
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

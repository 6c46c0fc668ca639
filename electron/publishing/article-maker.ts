import type { KnowledgeArticle } from '../../shared/domain/knowledge-article.js';
import type { ReleaseEmbedder, VectorEncoding } from '../../shared/domain/release.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { encodeArticle, type ReleasedArticle } from '../../release/article-segment.js';
import type { PassageVectors } from '../models/embedder.js';
import type { NewestRelease } from './newest-release.js';
import { isArticle } from './send-release.js';

/** An article cut into passages, as an import cuts it, with the texts that are embedded for them. */
export type CutForRelease = Pick<ReleasedArticle, 'article' | 'fingerprint' | 'chunks'> & {
  /** Of each passage in their order, then of the title. */
  readonly texts: readonly string[];
};

export interface MadeArticle {
  readonly content: Buffer;
  readonly chunks: number;
}

export interface ArticleMakerDeps {
  readonly embedder: PassageVectors;
  readonly cut: (article: KnowledgeArticle) => CutForRelease;
  /** For a release that is the first to hold articles; later ones go on as it began. */
  readonly encoding: VectorEncoding;
}

/**
 * What articles on top of a release are embedded with: a release is made with one search model and one encoding. Null where its articles
 * have no vectors.
 * @throws AppErrorException RELEASE_OTHER_EMBEDDER.
 */
export async function embedderOver(
  { manifest, listing }: NewestRelease,
  embedder: PassageVectors,
  encoding: VectorEncoding,
): Promise<ReleaseEmbedder | null> {
  const hasArticles = listing.some(({ key }) => isArticle(key));
  if (hasArticles && manifest && !manifest.embedder) return null;
  const { id, dimensions } = await embedder.about();
  const before = hasArticles ? (manifest?.embedder ?? null) : null;
  if (before && (before.id !== id || before.dimensions !== dimensions))
    throw new AppErrorException('RELEASE_OTHER_EMBEDDER', `${before.id}, here ${id}`);
  return before ?? { id, dimensions, encoding };
}

/** Cuts and embeds an article and writes its segment. */
export async function makeArticle(
  article: KnowledgeArticle,
  vectors: ReleaseEmbedder | null,
  { embedder, cut }: Pick<ArticleMakerDeps, 'embedder' | 'cut'>,
  signal?: AbortSignal,
): Promise<MadeArticle> {
  const { texts, ...rest } = cut(article);
  const embedded = vectors ? await embedder.embed(texts, signal) : [];
  const content = encodeArticle({
    ...{ ...rest, vectors },
    passages: embedded.slice(0, -1),
    title: embedded.at(-1) ?? null,
  });
  return { content, chunks: rest.chunks.length };
}

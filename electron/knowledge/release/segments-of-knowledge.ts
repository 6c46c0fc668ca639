import type { ReleaseEmbedder, SegmentKey } from '../../../shared/domain/release.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { encodeArticle } from '../../../release/article-segment.js';
import { createArrivingArticles, type WhichArticles } from '../store/arriving-articles.js';
import type { CutArticle } from '../store/article-writer.js';
import type { Sqlite } from '../store/sqlite.js';
import { titleKey } from '../store/vector-list.js';

/** A part of a release as it is published. */
export interface KnowledgeSegment {
  readonly key: SegmentKey;
  readonly content: Buffer;
  /** Passages of the article. */
  readonly chunks: number;
}

/**
 * Makes the segments of the articles of a knowledge file, in the order of their keys: of all, or of those with one of `ids`. Vectors are
 * those stored for `embedder`; null makes segments without.
 * @throws AppErrorException KNOWLEDGE_INDEX_NOT_READY when a passage has no vector yet.
 */
export function* segmentsOfKnowledge(
  database: Sqlite,
  embedder: ReleaseEmbedder | null,
  which: WhichArticles = 'all',
  ids?: ReadonlySet<string>,
): Generator<KnowledgeSegment> {
  const stored = createArrivingArticles(database, which);
  for (const cut of stored.articles(ids)) {
    const { article, fingerprint, chunks } = cut;
    const vectors = embedder && vectorsOf(cut, (hashes) => stored.vectors(embedder.id, hashes));
    const content = encodeArticle({
      ...{ article, fingerprint },
      chunks: chunks.map(({ ordinal, headingPath, span, page, hash, plain }) => ({
        ...{ ordinal, span, page, hash, plain },
        headingPath: [...headingPath],
      })),
      vectors: embedder,
      passages: vectors?.slice(0, -1) ?? [],
      title: vectors?.at(-1) ?? null,
    });
    yield { key: `article/${article.id}`, content, chunks: chunks.length };
  }
}

type Stored = ReturnType<ReturnType<typeof createArrivingArticles>['vectors']>;

/** Of each passage, then of the title. */
function vectorsOf(
  { article, chunks }: Omit<CutArticle, 'origin'>,
  read: (hashes: readonly string[]) => Stored,
): Float32Array[] {
  const wanted = [...chunks.map(({ hash }) => hash), titleKey(article.title)];
  const known = new Map(read(wanted).map(({ hash, vector }) => [hash, vector]));
  return wanted.map((hash) => {
    const vector = known.get(hash);
    if (!vector) throw new AppErrorException('KNOWLEDGE_INDEX_NOT_READY', article.id);
    return vector;
  });
}

import type { Passage } from '../knowledge-base.js';
import type { RankedChunk } from './ranking.js';

/** Neighbours that are far worse than the passage they touch are not drawn into it. */
const MERGED_SHARE = 0.6;
/** A passage longer than a screen is no passage. */
const MAX_MERGED = 3;
/** More passages of one article come after the best of the others: three sources tell more than one. */
const MAX_OF_ARTICLE = 2;

interface Group {
  readonly best: RankedChunk;
  readonly chunks: RankedChunk[];
}

/**
 * Makes the passages a search returns from ranked chunks, best first: neighbours of one section become one passage with
 * one exact span, a text that stands in several places counts once.
 */
export function mergePassages(
  ranked: readonly RankedChunk[],
  limit: number,
  markdownOf: (articleId: string) => string,
): Passage[] {
  const groups: Group[] = [];
  const seen = new Set<string>();
  for (const chunk of ranked) {
    const text = chunk.body.toLowerCase();
    if (seen.has(text)) continue;
    seen.add(text);
    const neighbour = groups.find((group) => belongsTo(chunk, group));
    if (neighbour) neighbour.chunks.push(chunk);
    else groups.push({ best: chunk, chunks: [chunk] });
  }
  const counts = new Map<string, number>();
  const isEarly = groups.map(({ best: { articleId } }) => {
    counts.set(articleId, (counts.get(articleId) ?? 0) + 1);
    return (counts.get(articleId) ?? 0) <= MAX_OF_ARTICLE;
  });
  return [...groups.filter((_, i) => isEarly[i]), ...groups.filter((_, i) => !isEarly[i])]
    .slice(0, limit)
    .map((group) => passageOf(group, markdownOf));
}

function belongsTo(chunk: RankedChunk, { best, chunks }: Group): boolean {
  return (
    chunk.articleId === best.articleId &&
    chunks.length < MAX_MERGED &&
    chunk.score >= best.score * MERGED_SHARE &&
    chunk.headingPath.join('\n') === best.headingPath.join('\n') &&
    chunks.some((other) => Math.abs(other.ordinal - chunk.ordinal) === 1)
  );
}

function passageOf({ best, chunks }: Group, markdownOf: (articleId: string) => string): Passage {
  const start = Math.min(...chunks.map((chunk) => chunk.start));
  const end = Math.max(...chunks.map((chunk) => chunk.end));
  return {
    articleId: best.articleId,
    articleTitle: best.title,
    category: best.category,
    headingPath: [...best.headingPath],
    audience: best.audience,
    language: best.language,
    brand: best.brand,
    product: best.product,
    updatedAt: best.updatedAt,
    validFrom: best.validFrom,
    validUntil: best.validUntil,
    freshness: best.freshness,
    page: best.page,
    chunkId: best.hash,
    text: markdownOf(best.articleId).slice(start, end),
    span: { start, end },
    score: best.score,
    lexicalRank: best.lexicalRank,
    denseRank: best.denseRank,
    cosine: best.cosine,
  };
}

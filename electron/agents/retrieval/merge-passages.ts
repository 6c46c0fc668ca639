import type { Passage, SearchResult } from '../../knowledge/knowledge-base.js';

/** Constant of reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009). */
const RANK_CONSTANT = 60;

/**
 * Joins what several searches found into one list, best first, each passage once.
 *
 * Reciprocal rank fusion orders it, since scores of two searches do not compare; the best passage of each search that stands behind its
 * answer goes first, so that every question keeps its passage. Pure.
 */
export function mergePassages(results: readonly SearchResult[], limit: number): Passage[] {
  const fused = new Map<string, { passage: Passage; score: number; leads: boolean }>();
  for (const { passages, isAnswerable } of results)
    passages.forEach((passage, at) => {
      const known = fused.get(passage.chunkId);
      fused.set(passage.chunkId, {
        passage: known && known.passage.score >= passage.score ? known.passage : passage,
        score: (known?.score ?? 0) + 1 / (RANK_CONSTANT + at + 1),
        leads: (known?.leads ?? false) || (at === 0 && isAnswerable),
      });
    });
  return [...fused.values()]
    .sort((a, b) => Number(b.leads) - Number(a.leads) || b.score - a.score)
    .slice(0, limit)
    .map(({ passage }) => passage);
}

/** What the searches together say of themselves: as sure as the surest of them. */
export function mergedVerdict(
  results: readonly SearchResult[],
): Pick<SearchResult, 'isAnswerable' | 'confidence' | 'mode'> {
  return {
    isAnswerable: results.some(({ isAnswerable }) => isAnswerable),
    confidence: Math.max(0, ...results.map(({ confidence }) => confidence)),
    mode: results.some(({ mode }) => mode === 'hybrid') ? 'hybrid' : 'lexical',
  };
}

import type { IndexedVectors, KnowledgeIndex } from './knowledge-index.js';
import { createNearestList } from './nearest-list.js';
import { vectorRows } from './vector-rows.js';

/**
 * Compares the query with every vector: exact, no build, and below about 10,000 chunks faster to have than a graph
 * (docs/decisions/0003-exact-below-ten-thousand.md).
 */
export function createFlatIndex(source: IndexedVectors): KnowledgeIndex {
  const { labels } = source;
  const { dot, cosine } = vectorRows(source);
  return {
    kind: 'flat',
    size: labels.length,
    search(query, limit, accept) {
      if (query.every((value) => value === 0)) return [];
      const nearest = createNearestList(limit);
      labels.forEach((label, row) => {
        const cosine = dot(query, row);
        // Asked last: it looks up more than the comparison costs.
        if (cosine > nearest.bar() && (accept?.(label) ?? true)) nearest.offer({ label, cosine });
      });
      return nearest.list();
    },
    cosine,
  };
}

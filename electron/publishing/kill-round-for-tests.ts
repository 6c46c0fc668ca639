import { encodeArticle } from '../../release/article-segment.js';
import { sha256 } from '../../release/canonical-json.js';
import { articleForTests } from './article-for-tests.js';
import type { WorkspaceSource } from './workspace-release.js';

/** More than one request uploads. */
const ARTICLES = 620;

/** What is published in a round of the kill test: every article says its number, one is new, one is gone. */
export function sourceOfRound(round: number): WorkspaceSource {
  const ids = Array.from({ length: ARTICLES }, (_, i) => `a-${String(i + round).padStart(6, '0')}`);
  return {
    ...{ embedder: null, count: ARTICLES, items: [] },
    *articles(wanted) {
      for (const id of ids) {
        if (wanted?.has(id) === false) continue;
        const article = articleForTests(id, `Round ${String(round)}. `.repeat(20));
        const fingerprint = sha256(article.markdown);
        const content = encodeArticle({
          ...{ article, fingerprint, chunks: [], vectors: null, passages: [], title: null },
        });
        yield { key: `article/${id}`, content, chunks: 0 };
      }
    },
    graphs: () => Promise.resolve([]),
    speaksOf: () => false,
    unread: null,
  };
}

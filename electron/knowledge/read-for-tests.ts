import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { KnowledgeArticle, KnowledgePool } from '../../shared/domain/knowledge-article.js';
import type { ImportFailure } from '../../shared/domain/knowledge-source.js';
import { silentLogger } from '../../shared/lib/logger.js';
import { openLocalKnowledgeBase } from './local-knowledge-base.js';

/** What an import makes of files: all articles by category and title, as they are stored, and what was not read. */
export async function readForTests(
  paths: readonly string[],
  pool: KnowledgePool = 'articles',
): Promise<{ articles: KnowledgeArticle[]; failures: readonly ImportFailure[] }> {
  const workspaceDir = await mkdtemp(path.join(tmpdir(), 'cuecard-read-'));
  const knowledge = openLocalKnowledgeBase({ workspaceDir, embedder: null, log: silentLogger });
  try {
    const { failures } = await knowledge.importArticles(paths, undefined, { pool });
    const heads = await knowledge.list();
    const articles = await Promise.all(heads.map(({ id }) => knowledge.article(id)));
    return { articles: articles.filter((article) => article !== null), failures };
  } finally {
    await knowledge.close();
    await rm(workspaceDir, { recursive: true, force: true });
  }
}

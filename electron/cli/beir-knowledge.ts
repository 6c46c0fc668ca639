import path from 'node:path';

import { silentLogger } from '../../shared/lib/logger.js';
import type { ImportReport } from '../../shared/domain/knowledge-source.js';
import { facetsOf, type BeirScope } from '../evaluation/beir-scope.js';
import type { BeirQuery, BeirSet } from '../evaluation/beir-set.js';
import type { SearchRequest } from '../knowledge/knowledge-base.js';
import { openLocalKnowledgeBase, type LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import type { Embedder } from '../models/embedder.js';
import { writeAsArticles } from './beir-workspace.js';

/** Passages asked for, so that ten articles are among them. */
const PASSAGES = 60;

export interface BeirKnowledge {
  readonly knowledge: LocalKnowledgeBase;
  readonly imported: ImportReport;
}

/**
 * A BEIR set as a team's knowledge in a workspace folder; what the folder holds of it already is not embedded again.
 * @throws whatever an import throws; the knowledge is then closed.
 */
export async function openBeirKnowledge(options: {
  readonly workspaceDir: string;
  readonly set: BeirSet;
  readonly scope: BeirScope;
  readonly embedder: Embedder;
}): Promise<BeirKnowledge> {
  const { workspaceDir, set, scope, embedder } = options;
  const articles = path.join(workspaceDir, 'articles');
  await writeAsArticles(articles, set.documents, scope);
  const knowledge = openLocalKnowledgeBase({ workspaceDir, embedder, log: silentLogger });
  try {
    return { knowledge, imported: await knowledge.importArticles([articles]) };
  } catch (cause) {
    await knowledge.close();
    throw cause;
  }
}

/** The last line is what the customer says now, the lines before it what they said earlier. */
export function requestOf({ text, metadata }: BeirQuery, scope: BeirScope): SearchRequest {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    query: lines.at(-1) ?? '',
    turns: lines.slice(0, -1),
    limit: PASSAGES,
    audiences: ['public', 'internal'],
    language: null,
    ...facetsOf(metadata, scope),
  };
}

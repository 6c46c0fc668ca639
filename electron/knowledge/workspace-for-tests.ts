import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { silentLogger } from '../../shared/lib/logger.js';
import { createHashedEmbedder } from './hashed-embedder-for-tests.js';
import type { SearchRequest } from './knowledge-base.js';
import {
  openLocalKnowledgeBase,
  type LocalKnowledgeBase,
  type LocalKnowledgeBaseDeps,
} from './local-knowledge-base.js';

/** Four articles, five passages: public and internal, English and German, one with a code. */
export const articlesForTests = {
  'returns/return-policy.md':
    '---\ntitle: How long you have to return an item\nupdated: 2026-09-14\n---\nYou have 30 days to return an item.\n\n## Exceptions\n\nHeadphones must be returned within 14 days.\n',
  'payment/three-d-secure.md':
    '---\ntitle: The 3-D Secure check\n---\nError code PAY-311 means that the bank check was not completed.\n',
  'internal/goodwill.md':
    '---\ntitle: Goodwill limits\naudience: internal\n---\nOffer up to 15.00 EUR as goodwill to return customers.\n',
  'hilfe/rueckgabe.md': '---\ntitle: Rückgabe\nlanguage: de\n---\nSie haben 30 Tage für die Rückgabe.\n',
};

/** A fresh folder with articles to import and a workspace to open; disposing closes what was opened. */
export interface TestWorkspace {
  /** Folder of the Markdown files. */
  readonly source: string;
  readonly workspaceDir: string;
  put(name: string, text: string): Promise<void>;
  open(deps?: Partial<LocalKnowledgeBaseDeps>): LocalKnowledgeBase;
  close(knowledge: LocalKnowledgeBase): Promise<void>;
  dispose(): Promise<void>;
}

export async function createTestWorkspace(): Promise<TestWorkspace> {
  const dir = await mkdtemp(path.join(tmpdir(), 'cuecard-kb-'));
  const source = path.join(dir, 'articles');
  const workspaceDir = path.join(dir, 'workspace');
  const opened = new Set<LocalKnowledgeBase>();
  const put = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(source, name)), { recursive: true });
    await writeFile(path.join(source, name), text);
  };
  for (const [name, text] of Object.entries(articlesForTests)) await put(name, text);
  return {
    source,
    workspaceDir,
    put,
    open(deps = {}) {
      const knowledge = openLocalKnowledgeBase({
        workspaceDir,
        embedder: createHashedEmbedder(),
        log: silentLogger,
        today: () => '2026-11-20',
        ...deps,
      });
      opened.add(knowledge);
      return knowledge;
    },
    close(knowledge) {
      opened.delete(knowledge);
      return knowledge.close();
    },
    async dispose() {
      for (const knowledge of opened) await knowledge.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const requestFor = (query: string, more: Partial<SearchRequest> = {}): SearchRequest => ({
  query,
  limit: 5,
  audiences: ['public'],
  language: 'en',
  ...more,
});

export async function foundArticles(
  knowledge: LocalKnowledgeBase,
  query: string,
  more: Partial<SearchRequest> = {},
): Promise<string[]> {
  return (await knowledge.search(requestFor(query, more))).passages.map(({ articleId }) => articleId);
}

import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import type { LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { createTestWorkspace, type TestWorkspace } from '../knowledge/workspace-for-tests.js';
import { createImportService, type ImportNews, type ImportService } from './import-service.js';

let workspace: TestWorkspace;
let knowledge: LocalKnowledgeBase;
let imports: ImportService;
let news: ImportNews[];

beforeEach(async () => {
  workspace = await createTestWorkspace();
  knowledge = workspace.open();
  imports = createImportService({ knowledge, log: silentLogger });
  news = [];
  imports.onNews((item) => news.push(item));
});
afterEach(() => workspace.dispose());

const finished = () => news.flatMap((item) => (item.name === 'finished' ? [item.finished] : []));

/** Resolves when `count` imports have ended and the sources after the last were told. */
function ended(count: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const last = news.at(-1)?.name;
      if (finished().length >= count && last === 'sources') resolve();
    };
    imports.onNews(() => queueMicrotask(look));
    look();
  });
}

const articles = (isWatched = false) => ({ path: workspace.source, pool: 'articles', isWatched }) as const;

// Catches an import whose end, report or new sources the window never hears of.
it('tells the course of an import and what is known after it', async () => {
  imports.add(articles());
  expect(imports.activity()).toMatchObject({ state: 'running', path: workspace.source, canStop: true });
  await ended(1);
  expect(finished()).toMatchObject([
    { path: workspace.source, isAsked: true, outcome: { kind: 'done', report: { articles: 4 } } },
  ]);
  expect(news.at(-1)).toMatchObject({ sources: [{ path: workspace.source, articles: 4 }] });
  expect(imports.activity()).toEqual({ state: 'resting' });
});

// Catches a refused import that stops those behind it, or is told as a success.
it('goes on with the next import after one that failed', async () => {
  const missing = path.join(workspace.source, 'nowhere');
  imports.add({ ...articles(), path: missing });
  imports.add(articles());
  expect(imports.activity()).toMatchObject({ waiting: 1 });
  await ended(2);
  expect(finished()).toMatchObject([
    { path: missing, outcome: { kind: 'failed', error: { code: 'KNOWLEDGE_SOURCE_NOT_FOUND' } } },
    { path: workspace.source, outcome: { kind: 'done' } },
  ]);
});

// Catches a stop that only stops the first of several, or is told as a failure.
it('stops the running import and those that wait', async () => {
  imports.add(articles());
  imports.add({ ...articles(), path: path.join(workspace.source, 'returns') });
  imports.cancel();
  await ended(1);
  expect(finished()).toMatchObject([{ outcome: { kind: 'cancelled' } }]);
  expect(imports.activity()).toEqual({ state: 'resting' });
});

// Catches a removed source that stays on the screen.
it('tells the sources after each change of them', async () => {
  imports.add(articles());
  await ended(1);
  const [source] = await imports.sources();
  await imports.setWatched(source?.id ?? '', true);
  expect(news.at(-1)).toMatchObject({ sources: [{ isWatched: true }] });
  await imports.remove(source?.id ?? '');
  expect(news.at(-1)).toMatchObject({ sources: [] });
  expect(await knowledge.list()).toEqual([]);
});

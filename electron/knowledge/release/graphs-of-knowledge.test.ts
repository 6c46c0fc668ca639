import { rm } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { LogFields, Logger } from '../../../shared/lib/logger.js';
import { createTestWorkspace, foundArticles, type TestWorkspace } from '../workspace-for-tests.js';
import { graphsOfKnowledge } from './graphs-of-knowledge.js';
import { openPublishableKnowledge } from './publishable-knowledge.js';
import { releaseOf, stage } from './release-for-tests.js';
import { openSqlite } from '../store/sqlite.js';

let workspace: TestWorkspace;
let leadDir: string;
beforeEach(async () => {
  workspace = await createTestWorkspace();
  leadDir = path.join(workspace.workspaceDir, '..', 'lead');
});
afterEach(() => workspace.dispose());

/** Passages of the lead have other numbers than those of a fresh store: some articles left, others came in between. */
async function importInTwoTurns(): Promise<void> {
  const lead = workspace.open({ workspaceDir: leadDir });
  await lead.importArticles([workspace.source], undefined, { isDetached: true });
  await rm(path.join(workspace.source, 'hilfe'), { recursive: true });
  for (let i = 0; i < 30; i++)
    await workspace.put(
      `a/a-${String(i)}.md`,
      `# Item ${String(i)}\n\nIt has ${String(i)} parts.\n\n## More\n\nNumber ${String(i * 7)}.\n`,
    );
  await lead.importArticles([workspace.source], undefined, { isDetached: true });
  await workspace.close(lead);
}

it('makes graphs that a device which never held a passage takes as they are', async () => {
  await importInTwoTurns();
  const database = openSqlite(path.join(leadDir, 'knowledge.db'), { readonly: true });
  const graphs = await graphsOfKnowledge(database, {
    ...{ embedder: { id: 'hashed', dimensions: 64 }, dir: leadDir },
    onProgress: () => undefined,
  });
  database.close();
  expect(graphs.map(({ key }) => key)).toEqual(['graph/passages/00000', 'graph/titles/00000']);
  const items = Object.fromEntries(graphs.map(({ key, content }) => [key, content]));

  const logged: (LogFields | undefined)[] = [];
  const info: Logger['info'] = (event, fields) => {
    if (event === 'release.applied') logged.push(fields);
  };
  const none = (): void => undefined;
  const log = { debug: none, info, warn: none, error: none };
  const device = workspace.open({ log, exactBelow: 0 });
  const request = stage(path.join(leadDir, 'sync.db'), releaseOf(leadDir, 1, items));
  await device.releases.apply(request, none);
  await device.settled();
  expect(logged).toEqual([expect.objectContaining({ release: 1, graphs: 2 })]);
  expect((await foundArticles(device, 'bank check PAY-311'))[0]).toBe('three-d-secure');
});

it('gives what was there when it was opened, and no graph of a small team', async () => {
  await importInTwoTurns();
  const knowledge = openPublishableKnowledge(leadDir);
  await workspace.put('later.md', '# Later\n\nThis comes later.\n');
  const lead = workspace.open({ workspaceDir: leadDir });
  await lead.importArticles([workspace.source], undefined, { isDetached: true });
  const keys = [...knowledge.segments('float16')].map(({ key }) => key);
  expect(knowledge).toMatchObject({ embedder: { id: 'hashed', dimensions: 64 }, articles: 33 });
  expect(keys).toHaveLength(33);
  expect(keys).not.toContain('article/later');
  expect([...knowledge.segments('float16', new Set(['goodwill']))].map(({ key }) => key)).toEqual([
    'article/goodwill',
  ]);
  expect(await knowledge.graphs({ onProgress: () => undefined })).toEqual([]);
  knowledge.close();
});

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { LogFields, Logger } from '../../../shared/lib/logger.js';
import { decodeArticle } from '../../../release/article-segment.js';
import { encodeGraphArticles } from '../../../release/graph-articles.js';
import type { LocalKnowledgeBase } from '../local-knowledge-base.js';
import {
  createTestWorkspace,
  foundArticles,
  requestFor,
  type TestWorkspace,
} from '../workspace-for-tests.js';
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

/** The graph of all the lead has, as it is published beside the release its articles make. */
async function graphItems(): Promise<Record<string, Buffer>> {
  const database = openSqlite(path.join(leadDir, 'knowledge.db'), { readonly: true });
  const graphs = await graphsOfKnowledge(database, {
    ...{ embedder: { id: 'hashed', dimensions: 64 }, dir: leadDir },
    onProgress: () => undefined,
  });
  database.close();
  expect(graphs.map(({ key }) => key)).toEqual(['graph/passages/00000', 'graph/titles/00000']);
  const { contents, listing } = releaseOf(leadDir, 1);
  const articles = listing.map(({ hash }) => {
    const { chunks } = decodeArticle(contents.get(hash) ?? Buffer.alloc(0));
    return { hash, passages: chunks.length };
  });
  return {
    ...Object.fromEntries(graphs.map(({ key, content }) => [key, content])),
    'graph/articles/00000': encodeGraphArticles(articles),
  };
}

/** What the lead edits after the graph was made: one article says something else, one is new, one is gone. */
async function editSome(): Promise<void> {
  await workspace.put('payment/three-d-secure.md', '# The check\n\nPAY-311 means that the bank said no.\n');
  await workspace.put('lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
  await rm(path.join(workspace.source, 'a/a-7.md'));
  const lead = workspace.open({ workspaceDir: leadDir });
  await lead.importArticles([workspace.source], undefined, { isDetached: true });
  await workspace.close(lead);
}

interface Told {
  readonly event: string;
  readonly fields: LogFields | undefined;
}

/** A device that applies a release with these graphs to what it holds. */
async function applyOn(
  knowledge: (told: Logger) => Promise<LocalKnowledgeBase>,
  items: Readonly<Record<string, Buffer>>,
): Promise<{ device: LocalKnowledgeBase; told: Told[] }> {
  const told: Told[] = [];
  const info: Logger['info'] = (event, fields) => void told.push({ event, fields });
  const none = (): void => undefined;
  const device = await knowledge({ debug: none, info, warn: none, error: none });
  told.length = 0;
  const request = stage(path.join(leadDir, 'sync.db'), releaseOf(leadDir, 1, items));
  await device.releases.apply(request, none);
  await device.settled();
  return { device, told };
}
const fresh = (log: Logger): Promise<LocalKnowledgeBase> =>
  Promise.resolve(workspace.open({ log, exactBelow: 0 }));
const made = (told: readonly Told[]): string[] =>
  told.flatMap(({ event, fields }) =>
    event.startsWith('index.') ? [`${event} ${String(fields?.['kind'])} ${String(fields?.['count'])}`] : [],
  );
const graphsTaken = (told: readonly Told[]): unknown =>
  told.find(({ event }) => event === 'release.applied')?.fields?.['graphs'];

it('makes graphs that a device takes as they are', async () => {
  await importInTwoTurns();
  const { device, told } = await applyOn(fresh, await graphItems());
  expect(graphsTaken(told)).toBe(2);
  expect(made(told)).toEqual([]);
  expect((await foundArticles(device, 'bank check PAY-311'))[0]).toBe('three-d-secure');
});

// Catches a graph that fits a machine without any passage only: that of a demo had some.
it('makes graphs that a device with other passages takes, too', async () => {
  await importInTwoTurns();
  const graphs = await graphItems();
  const demo = path.join(workspace.workspaceDir, '..', 'demo');
  await mkdir(demo);
  await writeFile(path.join(demo, 'kayak.md'), '# Kayaks\n\nKayaks float.\n\n## More\n\nThey are red.\n');
  const { device, told } = await applyOn(async (log) => {
    const knowledge = await fresh(log);
    await knowledge.importArticles([demo], undefined, { isDetached: true });
    await knowledge.settled();
    return knowledge;
  }, graphs);
  expect(graphsTaken(told)).toBe(2);
  expect(made(told)).toEqual([]);
  expect((await foundArticles(device, 'bank check PAY-311'))[0]).toBe('three-d-secure');
  expect(await foundArticles(device, 'kayaks float')).not.toContain('kayak');
});

// Catches a first sync that builds the whole graph because a few articles changed after it was made.
it('makes graphs that a release of some other articles goes on with: they are brought up to date', async () => {
  await importInTwoTurns();
  const graphs = await graphItems();
  await editSome();
  const { device, told } = await applyOn(fresh, graphs);
  expect(graphsTaken(told)).toBe(2);
  expect(made(told)).toEqual(['index.updated passages 63', 'index.updated titles 33']);
  const { passages, mode } = await device.search(requestFor('lanterns burn eight hours'));
  expect(mode).toBe('hybrid');
  expect(passages[0]).toMatchObject({ articleId: 'lanterns', denseRank: 1 });
  expect((await foundArticles(device, 'the bank said no'))[0]).toBe('three-d-secure');
  expect(await foundArticles(device, 'Item 7 has 7 parts')).not.toContain('a-7');
  await workspace.close(device);
  const again = workspace.open({ exactBelow: 0 });
  expect((await foundArticles(again, 'the bank said no'))[0]).toBe('three-d-secure');
});

it('are no use to a release of quite other articles, which makes its own', async () => {
  await importInTwoTurns();
  const graphs = await graphItems();
  for (let i = 0; i < 10; i++)
    await workspace.put(`a/a-${String(i)}.md`, `# Thing ${String(i)}\n\nIt is new.\n`);
  await editSome();
  const { told } = await applyOn(fresh, graphs);
  expect(graphsTaken(told)).toBe(0);
  expect(made(told)).toEqual([
    expect.stringMatching('index.built passages'),
    expect.stringMatching('index.built titles'),
  ]);
});

it.each([
  ['of another length', (list: Buffer) => list.subarray(1)],
  ['of other articles', (list: Buffer) => Buffer.alloc(list.length, 7)],
  ['that counts passages wrongly', (list: Buffer) => list.fill(9, 32, 36)],
])('are left out with a list of articles %s', async (_, change) => {
  await importInTwoTurns();
  const graphs = await graphItems();
  const list = graphs['graph/articles/00000'] ?? Buffer.alloc(0);
  const { device, told } = await applyOn(fresh, { ...graphs, 'graph/articles/00000': change(list) });
  expect(graphsTaken(told)).toBe(0);
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

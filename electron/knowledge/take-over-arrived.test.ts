import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { createHashedEmbedder } from './hashed-embedder-for-tests.js';
import type { LocalKnowledgeBase } from './local-knowledge-base.js';
import { createTestWorkspace, foundArticles, type TestWorkspace } from './workspace-for-tests.js';

let workspace: TestWorkspace;
let arrivingDir: string;
/** Folder of a source the rep added. */
let added: string;
beforeEach(async () => {
  workspace = await createTestWorkspace();
  arrivingDir = path.join(workspace.workspaceDir, 'arriving');
  added = path.join(workspace.workspaceDir, '..', 'added');
  await mkdir(added);
  await writeFile(path.join(added, 'kayak.md'), '# Kayak repairs\n\nKayaks are repaired in Bergen.\n');
  await came(workspace.workspaceDir);
});
afterEach(() => workspace.dispose());

/** Builds the articles that come with the workspace into a folder. */
async function came(workspaceDir: string, embedderId?: string): Promise<void> {
  const built = workspace.open({ workspaceDir, embedder: createHashedEmbedder(embedderId) });
  await built.importArticles([workspace.source], undefined, { isDetached: true });
  await workspace.close(built);
}

/** The next state of those articles: one changed, one new, one gone. */
async function newerCame(embedderId?: string): Promise<void> {
  await workspace.put(
    'returns/return-policy.md',
    '# How long you have\n\nYou have 45 days to return an item.\n',
  );
  await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
  await rm(path.join(workspace.source, 'payment'), { recursive: true });
  await came(arrivingDir, embedderId);
}

async function open(embedder = createHashedEmbedder()): Promise<LocalKnowledgeBase> {
  const knowledge = workspace.open({ arrivingDir, embedder });
  await knowledge.settled();
  return knowledge;
}

async function addSource(): Promise<void> {
  const knowledge = await open();
  await knowledge.addSource({ path: added, pool: 'articles', isWatched: false });
  await workspace.close(knowledge);
}

// Catches a newer demo that costs a rep the sources they added, or that embeds again what nobody changed.
it('updates the articles that came with the workspace and leaves the sources alone, without embedding anything', async () => {
  await addSource();
  await newerCame();
  const embedder = createHashedEmbedder();
  const knowledge = await open(embedder);
  expect(embedder.embedded).toEqual([]);
  expect((await knowledge.list()).map(({ id }) => id).sort()).toEqual([
    ...['goodwill', 'kayak', 'lanterns', 'return-policy', 'rueckgabe'],
  ]);
  expect((await foundArticles(knowledge, 'where are kayaks repaired'))[0]).toBe('kayak');
  expect((await foundArticles(knowledge, 'how long do lanterns burn'))[0]).toBe('lanterns');
  expect((await knowledge.article('return-policy'))?.markdown).toContain('45 days');
  expect(await knowledge.sources()).toMatchObject([{ path: added, articles: 1 }]);
  expect(existsSync(arrivingDir)).toBe(false);
});

it('embeds what is new with the embedder the team uses where the newer articles know another one', async () => {
  await newerCame('another');
  const embedder = createHashedEmbedder();
  const knowledge = await open(embedder);
  expect(embedder.embedded).toEqual([
    expect.stringContaining('eight hours'),
    expect.stringContaining('45 days'),
    ...['Lanterns', 'How long you have'],
  ]);
  expect(knowledge.status()).toMatchObject({ state: 'ready', embedder: 'hashed', articles: 4 });
});

it('does it once more after a kill between the change and its end', async () => {
  await newerCame();
  const copy = `${arrivingDir}.copy`;
  await cp(arrivingDir, copy, { recursive: true });
  await workspace.close(await open());
  await cp(copy, arrivingDir, { recursive: true });
  const knowledge = await open();
  expect((await knowledge.list()).map(({ id }) => id).sort()).toEqual([
    ...['goodwill', 'lanterns', 'return-policy', 'rueckgabe'],
  ]);
  expect(existsSync(arrivingDir)).toBe(false);
});

it('never takes the id of an article the rep added', async () => {
  await writeFile(
    path.join(added, 'lanterns.md'),
    '# Our lanterns\n\nOur own lanterns burn for two hours.\n',
  );
  await addSource();
  await newerCame();
  const knowledge = await open();
  expect((await knowledge.article('lanterns'))?.markdown).toContain('two hours');
  expect((await knowledge.article('lanterns:of-workspace'))?.markdown).toContain('eight hours');
});

it('brings nothing back once the team has replaced what came with the workspace', async () => {
  const first = await open();
  await first.importArticles([added]);
  await workspace.close(first);
  await newerCame();
  const knowledge = await open();
  expect((await knowledge.list()).map(({ id }) => id)).toEqual(['kayak']);
  expect(existsSync(arrivingDir)).toBe(false);
});

it('opens with what is there when the newer articles cannot be read', async () => {
  await addSource();
  await mkdir(arrivingDir);
  await writeFile(path.join(arrivingDir, 'knowledge.db'), 'no database at all, as a bad disk leaves it');
  const knowledge = await open();
  expect((await foundArticles(knowledge, 'where are kayaks repaired'))[0]).toBe('kayak');
});

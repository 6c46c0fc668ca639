import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createHashedEmbedder } from '../hashed-embedder-for-tests.js';
import type { LocalKnowledgeBase } from '../local-knowledge-base.js';
import { createTestWorkspace, foundArticles, type TestWorkspace } from '../workspace-for-tests.js';
import { releaseOf, stage, type TestRelease } from './release-for-tests.js';

let workspace: TestWorkspace;
/** Where the lead's articles are imported. */
let leadDir: string;
let staging: string;
const none = (): void => undefined;

beforeEach(async () => {
  workspace = await createTestWorkspace();
  leadDir = path.join(workspace.workspaceDir, '..', 'lead');
  staging = path.join(workspace.workspaceDir, '..', 'sync.db');
});
afterEach(() => workspace.dispose());

/** The release the lead's articles make as they are now. */
async function release(number: number, items: Readonly<Record<string, Buffer>> = {}): Promise<TestRelease> {
  const lead = workspace.open({ workspaceDir: leadDir });
  await lead.importArticles([workspace.source], undefined, { isDetached: true });
  await workspace.close(lead);
  return releaseOf(leadDir, number, items);
}

async function next(number: number): Promise<TestRelease> {
  await workspace.put('returns/return-policy.md', '# Return policy\n\nYou have 45 days to return an item.\n');
  await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
  await rm(path.join(workspace.source, 'payment'), { recursive: true });
  return release(number, { 'team/out-of-scope': Buffer.from('[]') });
}

async function stateOf(knowledge: LocalKnowledgeBase): Promise<unknown> {
  const ids = (await knowledge.list()).map(({ id }) => id).sort();
  const articles = await Promise.all(ids.map((id) => knowledge.article(id)));
  const { releases } = knowledge;
  return [articles, await releases.release(), await releases.listing(), await releases.items()];
}

describe('a release', () => {
  it('is the knowledge after it was applied, with no text embedded here', async () => {
    const first = await release(1, { 'team/out-of-scope': Buffer.from('{"a":1}') });
    const embedder = createHashedEmbedder();
    const knowledge = workspace.open({ embedder });
    const progress: number[] = [];
    const applied = await knowledge.releases.apply(stage(staging, first), (done) => progress.push(done));
    expect(applied).toMatchObject({ number: 1, articlesChanged: 4 });
    await knowledge.settled();
    expect(embedder.embedded).toEqual([]);
    expect(progress.at(-1)).toBe(first.listing.length);
    expect((await foundArticles(knowledge, 'bank check PAY-311'))[0]).toBe('three-d-secure');
    expect(
      (await knowledge.search({ query: 'days to return', limit: 3, audiences: ['public'], language: 'en' }))
        .mode,
    ).toBe('hybrid');
    expect(await knowledge.releases.listing()).toEqual(first.listing);
    expect(await knowledge.releases.items()).toEqual([
      { key: 'team/out-of-scope', content: Buffer.from('{"a":1}') },
    ]);
  });

  it('leads to the same state whether it comes as a delta or whole', async () => {
    const first = await release(1, { 'intent/refund': Buffer.from('{}') });
    const second = await next(2);
    const stepwise = workspace.open();
    await stepwise.releases.apply(stage(staging, first), none);
    await stepwise.releases.apply(stage(staging, second, first.listing), none);
    const whole = workspace.open({ workspaceDir: path.join(workspace.workspaceDir, '..', 'other') });
    await whole.releases.apply(stage(staging, second), none);
    await Promise.all([stepwise.settled(), whole.settled()]);
    const without = (state: unknown): string =>
      JSON.stringify(state).replace(/"(appliedAt|articlesChanged)":("[^"]*"|\d+)/g, '');
    expect(without(await stateOf(stepwise))).toBe(without(await stateOf(whole)));
    expect((await foundArticles(stepwise, 'how long do lanterns burn'))[0]).toBe('lanterns');
    expect(await foundArticles(stepwise, 'bank check PAY-311')).not.toContain('three-d-secure');
    expect((await stepwise.releases.release())?.articlesChanged).toBe(3);
  });

  it('takes the place of what came with the workspace and leaves alone what the rep added, even of the same id', async () => {
    const added = path.join(workspace.workspaceDir, '..', 'added');
    await mkdir(added);
    await writeFile(path.join(added, 'kayak.md'), '# Kayak repairs\n\nKayaks are repaired in Bergen.\n');
    await writeFile(path.join(added, 'lanterns.md'), '# My lanterns\n\nMine burn for nine hours.\n');
    const knowledge = workspace.open();
    await knowledge.importArticles([workspace.source], undefined, { isDetached: true });
    await knowledge.addSource({ path: added, pool: 'articles', isWatched: false });
    const second = await next(2);
    await knowledge.releases.apply(stage(staging, second), none);
    await knowledge.settled();
    const titles = (await knowledge.list()).map(({ title }) => title);
    expect(titles).toEqual(expect.arrayContaining(['Kayak repairs', 'My lanterns', 'Lanterns']));
    expect(titles).not.toContain('The 3-D Secure check');
    // Another delta finds the article under the name it got.
    const third = await (async () => {
      await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for seven hours.\n');
      return release(3);
    })();
    await knowledge.releases.apply(stage(staging, third, second.listing), none);
    expect(await knowledge.article('lanterns')).toMatchObject({ title: 'My lanterns' });
    const list = await knowledge.list();
    expect(list.filter(({ title }) => title === 'Lanterns')).toHaveLength(1);
  });

  it('is refused whole when a segment is missing, is something else, or the listing is not the signed one', async () => {
    const first = await release(1);
    const second = await next(2);
    const knowledge = workspace.open();
    await knowledge.releases.apply(stage(staging, first), none);
    const before = await stateOf(knowledge);
    const refuses = async (
      broken: TestRelease,
      change: (request: ReturnType<typeof stage>) => object = () => ({}),
    ) => {
      const request = stage(staging, broken, first.listing);
      await expect(knowledge.releases.apply({ ...request, ...change(request) }, none)).rejects.toMatchObject({
        error: { code: 'RELEASE_DAMAGED' },
      });
      expect(await stateOf(knowledge)).toEqual(before);
    };
    const contents = new Map(second.contents);
    const lantern = second.listing.find(({ key }) => key === 'article/lanterns')?.hash ?? '';
    contents.set(lantern, Buffer.from('something else'));
    await refuses({ ...second, contents });
    await refuses(second, ({ changed }) => ({ changed: changed.slice(1) }));
    await refuses(second, ({ removed }) => ({ removed: removed.slice(1) }));
    await refuses(second, () => ({
      stagingFile: stage(`${staging}-2`, { ...first, listing: [] }).stagingFile,
    }));
    await knowledge.releases.apply(stage(staging, second, first.listing), none);
    expect(await knowledge.releases.release()).toMatchObject({ number: 2 });
  });

  it('can be stopped, and is as if it had not begun', async () => {
    const first = await release(1);
    const knowledge = workspace.open();
    const stop = new AbortController();
    const applying = knowledge.releases.apply(stage(staging, first), () => stop.abort(), stop.signal);
    await expect(applying).rejects.toMatchObject({ error: { code: 'SUGGESTION_CANCELLED' } });
    expect(await knowledge.list()).toEqual([]);
    expect(await knowledge.releases.release()).toBeNull();
  });

  it('is embedded here when its vectors are of another model', async () => {
    const first = await release(1);
    const embedder = createHashedEmbedder('another');
    const knowledge = workspace.open({ embedder });
    await knowledge.releases.apply(stage(staging, first), none);
    await knowledge.settled();
    expect(embedder.embedded.length).toBeGreaterThan(0);
    expect(await foundArticles(knowledge, 'days to return an item')).toContain('return-policy');
  });
});

import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import type { TeamItem } from '../../release/team-segments.js';
import { createHashedEmbedder, type HashedEmbedder } from '../knowledge/hashed-embedder-for-tests.js';
import { openPublishableKnowledge } from '../knowledge/release/publishable-knowledge.js';
import { createTestWorkspace, type TestWorkspace } from '../knowledge/workspace-for-tests.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import { readNewest } from './newest-release.js';
import type { Published } from './published.js';
import type { Unread } from './removals.js';
import { createWorkspacePublisher } from './workspace-publisher.js';

let hub: TestHub;
let client: HubClient;
let workspace: TestWorkspace;
const patience = { tries: 3, firstWaitMs: 5, longestWaitMs: 10 };

beforeAll(async () => {
  hub = await startTestHub({
    store: 'pglite',
    limits: { memberPerMinute: 100_000, joinsPerMinute: 100_000, publicPerMinute: 100_000 },
  });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => hub.close());
beforeEach(async () => {
  workspace = await createTestWorkspace();
  const { accessToken } = (await hub.addWorkspace()).lead.tokens;
  client = createHubClient({
    baseUrl: `http://127.0.0.1:${String((hub.hub.app.server.address() as AddressInfo).port)}`,
    tokens: {
      accessToken: () => Promise.resolve(accessToken),
      expired: () => undefined,
      refused: () => undefined,
    },
  });
});
afterEach(() => workspace.dispose());

const outOfScope = (...topics: string[]): TeamItem => ({ kind: 'out-of-scope', outOfScope: topics });

interface Machine {
  readonly name?: string;
  readonly embedder?: HashedEmbedder;
  readonly items?: readonly TeamItem[];
  readonly graph?: string;
  readonly unread?: Unread;
  readonly allowRemoval?: boolean;
  /** By default it goes to everybody. */
  readonly assign?: boolean;
}

/** Imports the articles on a machine and publishes them from there. */
async function publish({
  name = 'lead',
  embedder = createHashedEmbedder(),
  items = [],
  graph,
  unread,
  allowRemoval = false,
  assign = true,
}: Machine = {}): Promise<Published> {
  const workspaceDir = path.join(workspace.workspaceDir, '..', name);
  const lead = workspace.open({ workspaceDir, embedder });
  await lead.importArticles([workspace.source], undefined, { isDetached: true });
  await workspace.close(lead);
  const knowledge = openPublishableKnowledge(workspaceDir);
  const kinds = new Set(items.map(({ kind }) => `team/${kind}`));
  const source = {
    embedder: knowledge.embedder && { ...knowledge.embedder, encoding: 'float16' as const },
    count: knowledge.articles,
    articles: (ids?: ReadonlySet<string>) => knowledge.segments('float16', ids),
    graphs: () =>
      Promise.resolve(
        graph === undefined ? [] : [{ key: 'graph/passages/00000', content: Buffer.from(graph) }],
      ),
    items,
    speaksOf: (key: string) => kinds.has(key),
    unread: unread ?? null,
  };
  const publisher = createWorkspacePublisher({ hub: client, source, patience, allowRemoval });
  return publisher.publish({ notes: 'news', assign }, () => undefined).finally(() => knowledge.close());
}
const keys = async (): Promise<string[]> =>
  (await readNewest(client, patience)).listing.map(({ key }) => key);

describe('publishing a workspace', () => {
  it('makes the release equal to it: what is new, what changed, what is gone', async () => {
    expect(await publish()).toMatchObject({ number: 1, articlesChanged: 4, segmentsSent: 4 });
    await workspace.put('returns/return-policy.md', '# Return policy\n\nYou have 45 days.\n');
    await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
    await rm(path.join(workspace.source, 'payment'), { recursive: true });
    expect(await publish()).toMatchObject({ number: 2, articlesChanged: 3, segmentsSent: 2 });
    expect(await keys()).toEqual(
      ['goodwill', 'lanterns', 'return-policy', 'rueckgabe'].map((id) => `article/${id}`),
    );
    expect((await readNewest(client, patience)).manifest).toMatchObject({ articles: 4, chunks: 4 });
    await expect(publish()).rejects.toMatchObject({ error: { code: 'RELEASE_NOTHING_TO_PUBLISH' } });
  });

  it('leaves what it says nothing about as it is published', async () => {
    await publish({ items: [outOfScope('weather')] });
    await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
    await publish();
    expect(await keys()).toContain('team/out-of-scope');
    expect(await publish({ items: [outOfScope('sports')] })).toMatchObject({
      number: 3,
      articlesChanged: 0,
      segmentsSent: 1,
    });
  });

  it('sends nothing again that another machine computed with other last digits, and what really changed', async () => {
    await publish();
    const exact = createHashedEmbedder();
    const noisy: HashedEmbedder = {
      ...exact,
      async embed(texts, signal) {
        const vectors = await exact.embed(texts, signal);
        return vectors.map((vector) => vector.map((value, i) => value * (1 + (i % 2) * 0.002)));
      },
    };
    await expect(publish({ name: 'pipeline', embedder: noisy })).rejects.toMatchObject({
      error: { code: 'RELEASE_NOTHING_TO_PUBLISH' },
    });
    await workspace.put('returns/return-policy.md', '# Return policy\n\nYou have 45 days.\n');
    expect(await publish({ name: 'pipeline', embedder: noisy })).toMatchObject({
      number: 2,
      articlesChanged: 1,
      segmentsSent: 1,
    });
  });

  const graphOf = async (): Promise<string | undefined> =>
    (await readNewest(client, patience)).listing.find(({ key }) => key.startsWith('graph/passages/'))?.hash;

  it('makes the graph anew where more than a twentieth changed, and carries it along otherwise', async () => {
    for (let i = 0; i < 40; i++)
      await workspace.put(`a/a-${String(i)}.md`, `# Item ${String(i)}\n\nIt has ${String(i)} parts.\n`);
    await publish({ graph: 'first' });
    const first = await graphOf();
    expect(await keys()).toContain('graph/articles/00000');
    await publish({ graph: 'not asked for', items: [outOfScope('weather')] });
    expect(await graphOf()).toBe(first);
    await workspace.put('a/a-3.md', '# Item 3\n\nIt has many parts.\n');
    await workspace.put('a/a-40.md', '# Item 40\n\nIt is new.\n');
    await publish({ graph: 'not asked for either' });
    expect(await graphOf()).toBe(first);
    for (let i = 41; i < 43; i++) await workspace.put(`a/a-${String(i)}.md`, '# Another\n\nIt is new.\n');
    await publish({ graph: 'second' });
    expect(await graphOf()).not.toBe(first);
  });

  it('keeps what is published of files that cannot be read now, with the graph while that is of use', async () => {
    await publish({ graph: 'of all' });
    const { manifest } = await readNewest(client, patience);
    await rm(path.join(workspace.source, 'payment'), { recursive: true });
    await rm(path.join(workspace.source, 'internal/goodwill.md'));
    const unread = { baseIds: new Set(['three-d-secure']), hiding: [] };
    expect(await publish({ unread, graph: 'of what is here' })).toMatchObject({
      articles: { added: 0, changed: 0, removed: 1 },
    });
    expect(await keys()).toEqual([
      ...['return-policy', 'rueckgabe', 'three-d-secure'].map((id) => `article/${id}`),
      ...['graph/articles/00000', 'graph/passages/00000'],
    ]);
    const after = (await readNewest(client, patience)).manifest;
    expect(after).toMatchObject({ articles: 3, chunks: (manifest?.chunks ?? 0) - 1 });
  });

  it('refuses to take away what may only be unreadable here, unless that is allowed', async () => {
    await publish();
    await rm(path.join(workspace.source, 'payment'), { recursive: true });
    const unread = { baseIds: new Set<string>(), hiding: ['/articles/payment'] };
    await expect(publish({ unread })).rejects.toMatchObject({
      error: {
        code: 'RELEASE_REMOVES_UNREAD',
        detail: '1 of 4 articles would go; they may be in /articles/payment',
      },
    });
    const other = createHashedEmbedder('another');
    const ofOther = publish({
      name: 'pipeline',
      embedder: other,
      unread: { baseIds: new Set(['three-d-secure']), hiding: [] },
    });
    await expect(ofOther).rejects.toMatchObject({ error: { code: 'RELEASE_REMOVES_UNREAD' } });
    expect((await readNewest(client, patience)).manifest?.number).toBe(1);
    await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
    expect(await publish({ unread, allowRemoval: true })).toMatchObject({
      articles: { added: 1, changed: 0, removed: 1 },
    });
  });

  it('refuses to take away a large part of the articles, unless that is allowed', async () => {
    for (let i = 0; i < 20; i++)
      await workspace.put(`more/number-${String(i)}.md`, `# Number ${String(i)}\n`);
    await publish();
    const remove = async (from: number, to: number): Promise<void> => {
      for (let i = from; i < to; i++) await rm(path.join(workspace.source, `more/number-${String(i)}.md`));
    };
    await remove(0, 4);
    expect(await publish()).toMatchObject({ articles: { added: 0, changed: 0, removed: 4 } });
    await remove(4, 9);
    // A quarter, but no more than a handful.
    expect(await publish()).toMatchObject({ number: 3 });
    await remove(9, 15);
    await expect(publish()).rejects.toMatchObject({
      error: { code: 'RELEASE_REMOVES_MANY', detail: '6 of 15 articles would go' },
    });
    expect((await readNewest(client, patience)).manifest?.number).toBe(3);
    expect(await publish({ allowRemoval: true })).toMatchObject({ number: 4, articlesChanged: 6 });
  });

  it('makes no other release for a canary while one runs, and sends nothing for it', async () => {
    await publish();
    await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
    await publish({ assign: false });
    await client.request('rollout.change', {
      body: {
        expectedRevision: (await client.request('rollout.read')).revision,
        rollout: { kind: 'canary', stable: 1, canary: 2, percent: 10, pilots: [], isPaused: false },
      },
    });
    await expect(publish({ assign: false })).rejects.toMatchObject({
      error: { code: 'RELEASE_NOTHING_TO_PUBLISH' },
    });
    await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for nine hours.\n');
    await expect(publish({ assign: false })).rejects.toMatchObject({
      error: { code: 'RELEASE_CANARY_RUNS' },
    });
    expect((await readNewest(client, patience)).manifest?.number).toBe(2);
  });
});

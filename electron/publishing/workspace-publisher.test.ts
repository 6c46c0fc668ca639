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
}

/** Imports the articles on a machine and publishes them from there. */
async function publish({
  name = 'lead',
  embedder = createHashedEmbedder(),
  items = [],
  graph,
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
  };
  const publisher = createWorkspacePublisher({ hub: client, source, patience });
  return publisher.publish({ notes: 'news', assign: true }, () => undefined).finally(() => knowledge.close());
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

  it('makes the graph anew where articles changed, and keeps it where only the team did', async () => {
    await publish({ graph: 'first' });
    const graphOf = async (): Promise<string | undefined> =>
      (await readNewest(client, patience)).listing.find(({ key }) => key.startsWith('graph/'))?.hash;
    const first = await graphOf();
    await publish({ graph: 'not asked for', items: [outOfScope('weather')] });
    expect(await graphOf()).toBe(first);
    await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
    await publish({ graph: 'second' });
    expect(await graphOf()).not.toBe(first);
  });
});

import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { startTestHub, type TestHub, type TestWorkspace } from '../../hub/hub-for-tests.js';
import type { DraftContent } from '../../shared/domain/draft-item.js';
import { sha256 } from '../../release/canonical-json.js';
import { encodeGraphArticles } from '../../release/graph-articles.js';
import { encodeFrames } from '../../release/segment-frames.js';
import { createHashedEmbedder } from '../knowledge/hashed-embedder-for-tests.js';
import { cutForRelease } from '../knowledge/release/cut-for-release.js';
import { startFaultProxy, type FaultProxy } from '../sync/fault-proxy-for-tests.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import { articleForTests } from './article-for-tests.js';
import { fetchPublished } from './fetch-published.js';
import { readNewest } from './newest-release.js';
import { createDraftPublisher, type Published, type PublishProgress } from './publisher.js';

let hub: TestHub;
let proxy: FaultProxy;
let team: TestWorkspace;
let client: HubClient;
const patience = { tries: 3, firstWaitMs: 5, longestWaitMs: 10 };

beforeAll(async () => {
  hub = await startTestHub({
    store: 'pglite',
    limits: { memberPerMinute: 100_000, joinsPerMinute: 100_000, publicPerMinute: 100_000 },
  });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  proxy = await startFaultProxy((hub.hub.app.server.address() as AddressInfo).port);
});
afterAll(async () => {
  await proxy.close();
  await hub.close();
});
beforeEach(async () => {
  team = await hub.addWorkspace();
  const { accessToken } = team.lead.tokens;
  client = createHubClient({
    baseUrl: proxy.url,
    tokens: {
      accessToken: () => Promise.resolve(accessToken),
      expired: () => undefined,
      refused: () => undefined,
    },
  });
});
afterEach(() => proxy.harm({ kind: 'none' }));

async function edit(key: string, content: DraftContent | null): Promise<void> {
  const { revision } = await client.request('draft.read', { query: { key } });
  await client.request('draft.edit', { body: { key, expectedRevision: revision, content } });
}
const editArticle = (id: string, markdown: string): Promise<void> =>
  edit(`article/${id}`, { kind: 'article', article: articleForTests(id, markdown) });
const outOfScope = (...topics: string[]): Promise<void> =>
  edit('team/out-of-scope', { kind: 'out-of-scope', outOfScope: topics });

const embedder = createHashedEmbedder();
const passages = {
  about: () => Promise.resolve({ id: embedder.id, dimensions: embedder.dimensions }),
  embed: (texts: readonly string[], signal?: AbortSignal) => embedder.embed(texts, signal),
};
const publisher = (id = embedder.id, tries = patience.tries) =>
  createDraftPublisher({
    hub: client,
    embedder: { ...passages, about: () => Promise.resolve({ id, dimensions: embedder.dimensions }) },
    cut: cutForRelease,
    patience: { ...patience, tries },
  });
const publish = (
  onProgress: (progress: PublishProgress) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Published> => publisher().publish({ notes: 'news', assign: true }, onProgress, signal);
const newest = () => readNewest(client, patience);
/** Publishes a graph of all articles, of one passage each, as a workspace of many would bring it. */
async function publishGraph(): Promise<void> {
  const { manifest, listing } = await newest();
  const segments = [
    ['graph/articles/00000', encodeGraphArticles(listing.map(({ hash }) => ({ hash, passages: 1 })))],
    ['graph/passages/00000', Buffer.from('links')],
  ] as const;
  const changed = segments.map(([key, content]) => ({ key, hash: sha256(content), bytes: content.length }));
  await client.send(
    'segments.store',
    encodeFrames(segments.map(([, content]) => ({ hash: sha256(content), content }))),
  );
  await client.request('releases.publish', {
    body: {
      ...{ idempotencyKey: randomUUID(), notes: '', draftItems: [], assign: true },
      ...{ chunks: manifest?.chunks ?? 0, embedder: manifest?.embedder ?? null },
      delta: { from: manifest?.number ?? null, changed, removed: [] },
    },
  });
}
const codeOf = (code: string): unknown =>
  expect.objectContaining({ error: expect.objectContaining({ code }) as unknown });

describe("publishing the team's draft", () => {
  it('makes a release of the edits, with passages and vectors, and leaves the draft empty', async () => {
    await editArticle('returns', 'You have 30 days.\n\n## Exceptions\n\nHeadphones have 14 days.');
    await outOfScope('weather');
    const steps: string[] = [];
    const published = await publish(({ step }) => {
      if (steps.at(-1) !== step) steps.push(step);
    });
    expect(published).toMatchObject({ number: 1, articlesChanged: 1, segmentsSent: 2 });
    expect(steps).toEqual(['reading', 'embedding', 'uploading', 'publishing']);
    const { manifest, listing } = await newest();
    expect(manifest).toMatchObject({
      ...{ articles: 1, chunks: 2, notes: 'news' },
      embedder: { id: 'hashed', dimensions: 64, encoding: 'float16' },
    });
    expect(listing.map(({ key }) => key)).toEqual(['article/returns', 'team/out-of-scope']);
    for await (const [only] of fetchPublished(client, listing.slice(0, 1), patience))
      expect(only?.article.passages).toHaveLength(2);
    expect((await client.request('draft.list')).items).toEqual([]);
    expect((await client.request('rollout.read')).rollout).toEqual({ kind: 'all', release: 1 });
  });

  it('embeds edited articles only, and counts the passages of all', async () => {
    await editArticle('returns', 'You have 30 days.');
    await editArticle('delivery', 'It takes 3 days.\n\n## Islands\n\nIt takes 9 days.');
    await publish();
    await editArticle('returns', 'You have 45 days.\n\n## Exceptions\n\nNone.');
    await edit('article/delivery', null);
    embedder.embedded.length = 0;
    expect(await publish()).toMatchObject({ number: 2, articlesChanged: 2, segmentsSent: 1 });
    expect(embedder.embedded.filter((text) => text.includes('delivery'))).toEqual([]);
    expect((await newest()).manifest).toMatchObject({ articles: 1, chunks: 2 });
  });

  it('carries the graph along while it is of use, and drops it when a fifth of it is gone', async () => {
    for (let i = 0; i < 10; i++) await editArticle(`a-${String(i)}`, `It takes ${String(i)} days.`);
    await publish();
    await publishGraph();
    const graphOf = async (): Promise<string[]> =>
      (await newest()).listing.map(({ key }) => key).filter((key) => key.startsWith('graph/'));
    const graph = ['graph/articles/00000', 'graph/passages/00000'];
    await outOfScope('weather');
    await publish();
    expect(await graphOf()).toEqual(graph);
    await editArticle('a-1', 'It takes a week.');
    await editArticle('new', 'It takes a month.');
    await publish();
    await edit('article/a-2', null);
    await publish();
    expect(await graphOf()).toEqual(graph);
    await editArticle('a-3', 'It takes a year.');
    await publish();
    expect(await graphOf()).toEqual([]);
  });

  it('goes on where a cut connection ended it, and is there once', async () => {
    for (let i = 0; i < 30; i++) await editArticle(`a-${String(i)}`, `It takes ${String(i)} days.`);
    let isCut = false;
    // The line is whole again after 60 ms, however many attempts that are.
    const patient = publisher(embedder.id, 1000);
    const published = await patient.publish({ notes: 'news', assign: true }, ({ step }) => {
      if (step !== 'uploading' || isCut) return;
      isCut = true;
      void proxy.harm({ kind: 'cut', afterBytes: 1 }).then(() => proxy.harm({ kind: 'none' }));
    });
    expect(published).toMatchObject({ number: 1, articlesChanged: 30 });
    await expect(publish()).rejects.toEqual(codeOf('RELEASE_NOTHING_TO_PUBLISH'));
    expect((await newest()).manifest).toMatchObject({ number: 1, articles: 30 });
  });

  it('gives up after as many attempts as it has patience for, and says that the hub cannot be reached', async () => {
    await proxy.harm({ kind: 'cut', afterBytes: 1 });
    await expect(publish()).rejects.toEqual(codeOf('HUB_UNREACHABLE'));
  });

  it('overwrites nothing where somebody else published meanwhile, and says which release', async () => {
    await outOfScope('weather');
    await publish();
    await outOfScope('sports');
    await editArticle('returns', 'You have 30 days.');
    let isOvertaken = false;
    const overtaken = createDraftPublisher({
      hub: {
        ...client,
        async request(name, call, signal) {
          if (name === 'releases.publish' && !isOvertaken) {
            isOvertaken = true;
            await publish();
          }
          return client.request(name, call, signal);
        },
      },
      ...{ embedder: passages, cut: cutForRelease, patience },
    });
    const attempt = overtaken.publish({ notes: 'mine', assign: true }, () => undefined);
    await expect(attempt).rejects.toMatchObject({
      error: { code: 'RELEASE_OVERTAKEN', detail: 'release 2 by Test lead' },
    });
    expect((await newest()).manifest).toMatchObject({ number: 2, notes: 'news' });
  });

  it('does not go to everybody while a canary runs, and says so before anything is computed', async () => {
    await outOfScope('weather');
    await publish();
    await outOfScope('sports');
    await publisher().publish({ notes: '', assign: false }, () => undefined);
    const { revision } = await client.request('rollout.read');
    await client.request('rollout.change', {
      body: {
        expectedRevision: revision,
        rollout: { kind: 'canary', stable: 1, canary: 2, percent: 10, pilots: [], isPaused: false },
      },
    });
    await editArticle('returns', 'You have 30 days.');
    embedder.embedded.length = 0;
    await expect(publish()).rejects.toEqual(codeOf('RELEASE_CANARY_RUNS'));
    expect(embedder.embedded).toEqual([]);
  });

  it('refuses articles of another search model than the release has', async () => {
    await editArticle('returns', 'You have 30 days.');
    await publish();
    await editArticle('returns', 'You have 45 days.');
    const other = publisher('another').publish({ notes: '', assign: true }, () => undefined);
    await expect(other).rejects.toEqual(codeOf('RELEASE_OTHER_EMBEDDER'));
  });

  it('stops when it is told to, and the next attempt publishes all', async () => {
    await editArticle('returns', 'You have 30 days.');
    const stop = new AbortController();
    const stopped = publish(({ step }) => {
      if (step === 'uploading') stop.abort();
    }, stop.signal);
    await expect(stopped).rejects.toEqual(codeOf('SUGGESTION_CANCELLED'));
    expect((await newest()).manifest).toBeNull();
    expect(await publish()).toMatchObject({ number: 1, articlesChanged: 1 });
  });
});

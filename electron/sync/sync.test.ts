import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import { encodeFrames } from '../../release/segment-frames.js';
import { diffListings, type Listing } from '../../release/listing.js';
import { releaseOf } from '../knowledge/release/release-for-tests.js';
import type { LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import { createTestWorkspace, foundArticles, type TestWorkspace } from '../knowledge/workspace-for-tests.js';
import { startFaultProxy, type FaultProxy } from './fault-proxy-for-tests.js';
import { createHubClient } from './hub-client.js';
import { joinByCode, readInvitation } from './join.js';
import { createMembershipFile, type Membership } from './membership.js';
import { createSession, type TokenVault } from './session.js';
import { openStaging, type Staging } from './staging.js';
import { createSyncService, type SyncService } from './sync-service.js';

let hub: TestHub;
let port: number;
beforeAll(async () => {
  hub = await startTestHub({
    limits: { memberPerMinute: 100_000, joinsPerMinute: 100_000, publicPerMinute: 100_000 },
  });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  port = (hub.hub.app.server.address() as AddressInfo).port;
});
afterAll(() => hub.close());

let workspace: TestWorkspace;
let proxy: FaultProxy;
let team: Awaited<ReturnType<TestHub['addWorkspace']>>;
let knowledge: LocalKnowledgeBase;
let staging: Staging;
let membership: Membership;
let service: SyncService;
let tokens: ReturnType<TokenVault['read']>;
let freeBytes: number;
let listing: Listing;

const vault = (): TokenVault => ({ read: () => tokens, write: (next) => (tokens = next) });
const inDir = (name: string): string => path.join(workspace.workspaceDir, '..', name);

beforeEach(async () => {
  workspace = await createTestWorkspace();
  proxy = await startFaultProxy(port);
  team = await hub.addWorkspace();
  freeBytes = 1e12;
  listing = [];
  const invited = await hub.request(team.operator, 'POST', '/v1/invites', { role: 'rep', name: 'Ada' });
  const { code } = invited.json<{ code: string }>();
  const pending = await joinByCode(readInvitation(`${proxy.url}#${code}`), 'laptop', new Date());
  membership = pending.membership;
  tokens = pending.joined.tokens;
  createMembershipFile(inDir('team.json')).write(membership);
  knowledge = workspace.open();
  staging = openStaging(inDir('sync.db'));
  service = startService();
});
afterEach(async () => {
  await service.close();
  staging.close();
  await proxy.close();
  await workspace.dispose();
});

function startService(): SyncService {
  const open = createHubClient({ baseUrl: proxy.url, tokens: null });
  const session = createSession(vault(), open);
  return createSyncService({
    client: createHubClient({ baseUrl: proxy.url, tokens: session }),
    membership: createMembershipFile(inDir('team.json')),
    target: {
      current: () => knowledge.releases.release(),
      listing: () => knowledge.releases.listing(),
      apply: (update, onProgress, signal) =>
        knowledge.releases.apply(update, (done, total) => onProgress({ done, total }), signal),
    },
    staging,
    freeBytes: () => Promise.resolve(freeBytes),
    appVersion: 'test',
    log: silentLogger,
    now: () => new Date(),
    random: () => 0,
  });
}

/** What a lead's machine does: makes segments of the articles as they are now and publishes them. */
async function publish(): Promise<void> {
  const leadDir = inDir('lead');
  const lead = workspace.open({ workspaceDir: leadDir });
  await lead.importArticles([workspace.source], undefined, { isDetached: true });
  await workspace.close(lead);
  const release = releaseOf(leadDir, 0);
  const token = team.lead.tokens.accessToken;
  const client = createHubClient({
    baseUrl: `http://127.0.0.1:${String(port)}`,
    tokens: { accessToken: () => Promise.resolve(token), expired: () => undefined, refused: () => undefined },
  });
  await client.send(
    'segments.store',
    encodeFrames([...release.contents].map(([hash, content]) => ({ hash, content }))),
  );
  const { changed, removed } = diffListings(listing, release.listing);
  const { releases } = await client.request('releases.list', { query: { limit: 1 } });
  await client.request('releases.publish', {
    body: {
      ...{
        idempotencyKey: randomUUID(),
        embedder: null,
        chunks: 0,
        notes: 'news',
        draftItems: [],
        assign: true,
      },
      delta: { from: releases[0]?.number ?? null, changed: [...changed], removed: [...removed] },
    },
  });
  listing = release.listing;
}

const changeArticles = async (): Promise<void> => {
  await workspace.put('returns/lanterns.md', '# Lanterns\n\nLanterns burn for eight hours.\n');
  await rm(path.join(workspace.source, 'payment'), { recursive: true, force: true });
};
const number = async (): Promise<number> => (await knowledge.releases.release())?.number ?? 0;
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 400) throw new Error('It did not come true within ten seconds.');
    await wait(25);
  }
}

describe('A device of the team', () => {
  it('gets the release, then each change within moments of its publication, because the hub tells', async () => {
    await publish();
    service.start();
    await until(async () => (await number()) === 1);
    expect((await foundArticles(knowledge, 'bank check PAY-311'))[0]).toBe('three-d-secure');
    await changeArticles();
    await publish();
    await until(async () => (await number()) === 2);
    expect((await foundArticles(knowledge, 'how long do lanterns burn'))[0]).toBe('lanterns');
    await until(() => service.status().activity.kind === 'idle');
    expect(service.status().release).toMatchObject({ number: 2, articlesChanged: 2, notes: 'news' });
  });

  it('goes on with what it has while the hub is away, says since when, and catches up', async () => {
    await publish();
    await service.retryNow();
    await proxy.harm({ kind: 'portal' });
    await service.retryNow();
    expect(service.status()).toMatchObject({
      release: { number: 1 },
      activity: { kind: 'offline', error: { code: 'HUB_NOT_A_HUB' } },
    });
    const { activity } = service.status();
    await service.retryNow();
    expect(service.status().activity).toMatchObject({
      since: activity.kind === 'offline' ? activity.since : '',
    });
    expect(await foundArticles(knowledge, 'bank check PAY-311')).toContain('three-d-secure');
    await changeArticles();
    await publish();
    await proxy.harm({ kind: 'none' });
    await service.retryNow();
    expect(service.status()).toMatchObject({ release: { number: 2 }, activity: { kind: 'idle' } });
  });

  it('ends whole, old or new, wherever the way to the hub is cut or a bit is flipped, and gets there when it is not', async () => {
    await publish();
    await service.retryNow();
    await changeArticles();
    await publish();
    for (let at = 40; at < 3000; at += 173) {
      await proxy.harm(at % 2 === 0 ? { kind: 'cut', afterBytes: at } : { kind: 'flip', atByte: at });
      await service.retryNow();
      const running = await number();
      const isNew = (await foundArticles(knowledge, 'how long do lanterns burn')).includes('lanterns');
      expect([running, isNew]).toEqual(isNew ? [2, true] : [1, false]);
      if (isNew) break;
    }
    await proxy.harm({ kind: 'none' });
    await service.retryNow();
    expect(await number()).toBe(2);
  });

  it('refuses a release that is not signed with the key whose words were compared', async () => {
    const stranger = await hub.addWorkspace();
    const keys = (await hub.request(stranger.rep, 'GET', '/v1/team-keys')).json<{
      teamKeys: Membership['keys'];
    }>();
    const [key] = keys.teamKeys;
    if (!key) throw new Error('no key');
    createMembershipFile(inDir('team.json')).write({ ...membership, pinnedKey: key, keys: [key] });
    await publish();
    await service.retryNow();
    expect(service.status().activity).toMatchObject({
      kind: 'refused',
      error: { code: 'RELEASE_SIGNATURE_INVALID' },
    });
    expect(await number()).toBe(0);
  });

  it('follows the team to a new key that the old one endorsed', async () => {
    await publish();
    await service.retryNow();
    expect((await hub.request(team.operator, 'POST', '/v1/team-keys/rotate')).statusCode).toBe(200);
    await changeArticles();
    await publish();
    await service.retryNow();
    expect(await number()).toBe(2);
    expect(createMembershipFile(inDir('team.json')).read()?.keys).toHaveLength(2);
  });

  it('refuses a hub that has lost releases, as one restored from a backup has, and says so', async () => {
    await publish();
    await changeArticles();
    await publish();
    await service.retryNow();
    await hub.database.run('DELETE FROM release WHERE workspace_id = $1 AND number = 2', [team.id]);
    await hub.database.run('DELETE FROM listing_entry WHERE workspace_id = $1 AND valid_from = 2', [team.id]);
    await hub.database.run('UPDATE listing_entry SET valid_to = NULL WHERE workspace_id = $1', [team.id]);
    const rollout = JSON.stringify({ kind: 'all', release: 1 });
    await hub.database.run('UPDATE rollout SET rollout = $2 WHERE workspace_id = $1', [team.id, rollout]);
    await service.retryNow();
    expect(service.status().activity).toMatchObject({
      kind: 'refused',
      error: { code: 'RELEASE_GOES_BACK' },
    });
    expect(await number()).toBe(2);
  });

  it('takes a canary back where the hub assigns the release before', async () => {
    await publish();
    await changeArticles();
    await publish();
    await service.retryNow();
    const { revision } = (await hub.request(team.lead, 'GET', '/v1/rollout')).json<{ revision: number }>();
    const change = { expectedRevision: revision, rollout: { kind: 'all', release: 1 } };
    expect((await hub.request(team.lead, 'PUT', '/v1/rollout', change)).statusCode).toBe(200);
    await service.retryNow();
    expect(await number()).toBe(1);
    expect(await foundArticles(knowledge, 'bank check PAY-311')).toContain('three-d-secure');
  });

  it('fetches nothing where the disk has no room, and says how much is needed', async () => {
    await publish();
    freeBytes = 1000;
    await service.retryNow();
    expect(service.status().activity).toMatchObject({
      kind: 'refused',
      error: { code: 'RELEASE_NO_SPACE', detail: expect.stringMatching(/MB needed, 1 MB free/) as string },
    });
  });

  it('is told when its member was revoked, and keeps asking nothing', async () => {
    await publish();
    await service.retryNow();
    const revoked = await hub.request(team.operator, 'POST', `/v1/members/${membership.member.id}/revoke`, {
      wipe: true,
    });
    expect(revoked.statusCode).toBe(200);
    await service.retryNow();
    expect(service.status().activity).toMatchObject({ kind: 'refused', error: { code: 'HUB_MEMBER_WIPED' } });
  });

  it('exchanges an expired token once for all who wait, and goes on', async () => {
    await publish();
    hub.clock.now = new Date(Date.now() + 3_600_000);
    const before = tokens;
    await Promise.all([service.retryNow(), service.retryNow()]);
    hub.clock.now = null;
    expect(service.status()).toMatchObject({ release: { number: 1 } });
    expect(tokens?.accessToken).not.toBe(before?.accessToken);
  });
});

import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { silentLogger } from '../../shared/lib/logger.js';
import { startTestHub, type TestHub, type TestWorkspace as TestTeam } from '../../hub/hub-for-tests.js';
import { encodeFrames } from '../../release/segment-frames.js';
import { diffListings, type Listing } from '../../release/listing.js';
import { releaseOf } from '../knowledge/release/release-for-tests.js';
import type { LocalKnowledgeBase } from '../knowledge/local-knowledge-base.js';
import {
  createTestWorkspace,
  foundArticles,
  requestFor,
  type TestWorkspace,
} from '../knowledge/workspace-for-tests.js';
import { startFaultProxy, type FaultProxy } from './fault-proxy-for-tests.js';
import { createHubClient, type HubClient, type HubLimits } from './hub-client.js';
import { joinByCode, readInvitation } from './join.js';
import { createMembershipFile, type Membership, type MembershipFile } from './membership.js';
import { createSession, type KeptTokens, type TokenVault } from './session.js';
import { openStaging, type Staging } from './staging.js';
import { createSyncService, type SyncService } from './sync-service.js';

export interface ListeningHub extends TestHub {
  readonly port: number;
}

/** A hub that many devices of one test file may ask. */
export async function startListeningHub(): Promise<ListeningHub> {
  const limits = { memberPerMinute: 100_000, joinsPerMinute: 100_000, publicPerMinute: 100_000 };
  const hub = await startTestHub({ limits });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  return { ...hub, port: (hub.hub.app.server.address() as AddressInfo).port };
}

/** A device of a new team, and the machine of the team's lead; between device and hub stands a proxy that can do harm. */
export interface SyncDevice {
  readonly team: TestTeam;
  readonly proxy: FaultProxy;
  readonly workspace: TestWorkspace;
  readonly membership: Membership;
  readonly membershipFile: MembershipFile;
  readonly knowledge: LocalKnowledgeBase;
  readonly service: SyncService;
  /** Names of the requests that the sync made. */
  readonly asked: readonly string[];
  /** What it keeps, and what the disk has left. */
  readonly kept: { tokens: KeptTokens | null; freeBytes: number };
  /** A file beside the workspace. */
  file(name: string): string;
  /** Publishes the articles as they are now. */
  publish(): Promise<void>;
  /** Has one say how long lanterns burn, and removes those about payment. */
  changeArticles(hours?: number): Promise<void>;
  /** The release in force; 0 before the first. */
  number(): Promise<number>;
  /** What the articles say of lanterns; null where they are those of before the change. @throws Error where they are of two releases. */
  lanternHours(): Promise<number | null>;
  /** Closes the sync, lets something happen to its files, and opens it again. */
  restart(meanwhile?: () => void): Promise<void>;
  close(): Promise<void>;
}

export async function startSyncDevice(hub: ListeningHub, limits?: HubLimits): Promise<SyncDevice> {
  const workspace = await createTestWorkspace();
  const proxy = await startFaultProxy(hub.port);
  const team = await hub.addWorkspace();
  const file = (name: string): string => path.join(workspace.workspaceDir, '..', name);
  const invited = await hub.request(team.operator, 'POST', '/v1/invites', { role: 'rep', name: 'Ada' });
  const { code } = invited.json<{ code: string }>();
  const pending = await joinByCode(readInvitation(`${proxy.url}#${code}`), 'laptop', new Date());
  const { membership } = pending;
  const kept: SyncDevice['kept'] = { tokens: pending.joined.tokens, freeBytes: 1e12 };
  const membershipFile = createMembershipFile(file('team.json'));
  membershipFile.write(membership);
  const knowledge = workspace.open();
  const asked: string[] = [];
  let staging: Staging = openStaging(file('sync.db'));

  const startService = (): SyncService => {
    const vault: TokenVault = { read: () => kept.tokens, write: (next) => (kept.tokens = next) };
    const base = { baseUrl: proxy.url, ...(limits ? { limits } : {}) };
    const session = createSession(vault, createHubClient({ ...base, tokens: null }), { retryMs: [1, 1] });
    return createSyncService({
      client: noting(asked, createHubClient({ ...base, tokens: session })),
      membership: membershipFile,
      target: {
        current: () => knowledge.releases.release(),
        listing: () => knowledge.releases.listing(),
        apply: (update, onProgress, signal) =>
          knowledge.releases.apply(update, (done, total) => onProgress({ done, total }), signal),
      },
      staging,
      freeBytes: () => Promise.resolve(kept.freeBytes),
      appVersion: 'test',
      log: silentLogger,
      now: () => new Date(),
      random: () => 0,
    });
  };
  let service = startService();
  const closeSync = async (): Promise<void> => {
    await service.close();
    staging.close();
  };

  return {
    ...{ team, proxy, workspace, membership, membershipFile, knowledge, asked, kept, file },
    get service() {
      return service;
    },
    publish: createTestLead(hub, team, workspace, file('lead')),
    async changeArticles(hours = 8) {
      await workspace.put('returns/lanterns.md', `# Lanterns\n\nLanterns burn for ${String(hours)} hours.\n`);
      await rm(path.join(workspace.source, 'payment'), { recursive: true, force: true });
    },
    number: async () => (await knowledge.releases.release())?.number ?? 0,
    async lanternHours() {
      const { passages } = await knowledge.search(requestFor('how long do lanterns burn'));
      const text = passages.find(({ articleId }) => articleId === 'lanterns')?.text;
      const isOld = (await foundArticles(knowledge, 'bank check PAY-311')).includes('three-d-secure');
      if (isOld === (text !== undefined)) throw new Error('The articles are of two releases.');
      return text === undefined ? null : Number(/\d+/.exec(text)?.[0]);
    },
    async restart(meanwhile) {
      await closeSync();
      meanwhile?.();
      staging = openStaging(file('sync.db'));
      service = startService();
    },
    async close() {
      await closeSync();
      await proxy.close();
      await workspace.dispose();
    },
  };
}

/** What a lead's machine does: makes segments of the articles as they are now and publishes them. */
function createTestLead(
  hub: ListeningHub,
  team: TestTeam,
  workspace: TestWorkspace,
  workspaceDir: string,
): () => Promise<void> {
  let listing: Listing = [];
  return async () => {
    const lead = workspace.open({ workspaceDir });
    await lead.importArticles([workspace.source], undefined, { isDetached: true });
    await workspace.close(lead);
    const release = releaseOf(workspaceDir, 0);
    const { accessToken } = (await hub.addMember(team.id, 'lead')).tokens;
    const client = createHubClient({
      baseUrl: `http://127.0.0.1:${String(hub.port)}`,
      tokens: {
        accessToken: () => Promise.resolve(accessToken),
        expired: () => undefined,
        refused: () => undefined,
      },
    });
    const contents = [...release.contents].map(([hash, content]) => ({ hash, content }));
    await client.send('segments.store', encodeFrames(contents));
    const { changed, removed } = diffListings(listing, release.listing);
    const { releases } = await client.request('releases.list', { query: { limit: 1 } });
    await client.request('releases.publish', {
      body: {
        ...{ idempotencyKey: randomUUID(), embedder: null, chunks: 0, draftItems: [] },
        ...{ notes: 'news', assign: true },
        delta: { from: releases[0]?.number ?? null, changed: [...changed], removed: [...removed] },
      },
    });
    listing = release.listing;
  };
}

function noting(asked: string[], client: HubClient): HubClient {
  return {
    ...client,
    request(name, ...rest) {
      asked.push(name);
      return client.request(name, ...rest);
    },
    receive(name, ...rest) {
      asked.push(name);
      return client.receive(name, ...rest);
    },
  };
}

export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries++) {
    if (tries > 400) throw new Error('It did not come true within ten seconds.');
    await wait(25);
  }
}

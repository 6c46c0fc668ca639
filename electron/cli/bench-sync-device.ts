import { statfs } from 'node:fs/promises';
import path from 'node:path';

import type { Tokens } from '../../shared/contracts/hub/access.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { watchLoop, type WatchedLoop } from '../evaluation/loop-stalls.js';
import type { KnowledgeBase } from '../knowledge/knowledge-base.js';
import { createHubClient } from '../sync/hub-client.js';
import { joinByCode, readInvitation } from '../sync/join.js';
import { createMembershipFile } from '../sync/membership.js';
import { createSession } from '../sync/session.js';
import { openStaging } from '../sync/staging.js';
import { syncOnce, type SyncStep } from '../sync/sync-once.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { benchRequest, startBenchEngine } from './bench-retrieval-engine.js';

/** What one sync cost. */
export interface SyncFigures {
  readonly release: number;
  readonly articlesChanged: number;
  /** Until all segments lay in the staging file. */
  readonly fetchedMs: number;
  /** Until the release was in force. */
  readonly appliedMs: number;
  /** Until a search about it was answered. */
  readonly answeredMs: number;
  /** Until the index was that of the release and nothing was left to do. */
  readonly indexedMs: number;
  readonly loop: WatchedLoop;
}

/** A rep's machine: the engine in its thread as in the app, and the sync in this one. */
export interface BenchDevice {
  /** @throws AppErrorException KNOWLEDGE_ARTICLE_NOT_FOUND when the search afterwards finds nothing. */
  sync(question: string): Promise<SyncFigures>;
  close(): Promise<void>;
}

export async function joinBenchDevice(
  dir: string,
  invitation: { readonly url: string; readonly code: string },
  resources: ResourceLocations,
): Promise<BenchDevice> {
  const { url, code } = invitation;
  const pending = await joinByCode(readInvitation(`${url}#${code}`), 'bench', new Date());
  let tokens: Tokens | null = pending.joined.tokens;
  const file = createMembershipFile(path.join(dir, 'team.json'));
  file.write(pending.membership);
  const vault = { read: () => tokens, write: (next: Tokens | null) => void (tokens = next) };
  const session = createSession(vault, createHubClient({ baseUrl: url, tokens: null }));
  const engine = startBenchEngine(path.join(dir, 'workspace'), resources);
  // Opened as the app has it before a sync begins.
  await engine.knowledge.list();
  const staging = openStaging(path.join(dir, 'sync.db'));
  const { releases } = engine;
  const deps = {
    client: createHubClient({ baseUrl: url, tokens: session }),
    ...{ membership: file, staging, appVersion: 'bench' },
    freeBytes: async () => {
      const { bavail, bsize } = await statfs(dir);
      return bavail * bsize;
    },
    target: {
      current: () => releases.release(),
      listing: () => releases.listing(),
      apply: (
        update: Parameters<typeof releases.apply>[0],
        onProgress: (progress: { done: number; total: number }) => void,
        signal?: AbortSignal,
      ) => releases.apply(update, (done, total) => onProgress({ done, total }), signal),
    },
  };
  return {
    async sync(question) {
      const membership = file.read() ?? pending.membership;
      const stopWatching = await watchLoop();
      const startedAt = performance.now();
      const since = (): number => performance.now() - startedAt;
      let fetchedMs = 0;
      const onStep = ({ kind }: SyncStep): void => {
        if (kind === 'fetching') fetchedMs = since();
      };
      const applied = await syncOnce(deps, membership, onStep, new AbortController().signal);
      const appliedMs = since();
      const { passages } = await engine.knowledge.search(benchRequest(question));
      const answeredMs = since();
      await untilIndexed(engine.knowledge);
      const indexedMs = since();
      const loop = await stopWatching();
      if (!applied || passages.length === 0) throw new AppErrorException('KNOWLEDGE_ARTICLE_NOT_FOUND');
      const { number, articlesChanged } = applied;
      return { release: number, articlesChanged, fetchedMs, appliedMs, answeredMs, indexedMs, loop };
    },
    async close() {
      staging.close();
      await engine.close();
    },
  };
}

async function untilIndexed(knowledge: Pick<KnowledgeBase, 'status' | 'onStatusChanged'>): Promise<void> {
  if (knowledge.status().state === 'ready') return;
  await new Promise<void>((resolve) => {
    const stop = knowledge.onStatusChanged(({ state }) => {
      if (state !== 'ready') return;
      stop();
      resolve();
    });
  });
}

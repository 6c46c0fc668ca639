import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

import type { HelpdeskState } from '../../../../shared/domain/helpdesk.js';
import type { Logger } from '../../../../shared/lib/logger.js';
import { openDatabase } from '../../../storage/database.js';
import { followConnection } from '../../following/follow-connection.js';
import { createThreadStore } from '../../following/thread-store.js';
import { threadMigrations } from '../../following/thread-tables.js';
import { startPeer } from '../peer-for-tests.js';
import { ActionCableReady, bridge, cableAt } from './cable-for-tests.js';
import { RHEA, startChatwootServer } from './chatwoot-server-for-tests.js';
import { createChatwoot } from './chatwoot.js';

const quiet: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const peer = await startPeer('action-cable', ActionCableReady);

describe.skipIf(typeof peer === 'string')('Chatwoot is followed through its pushes', () => {
  if (typeof peer === 'string') return;
  afterAll(() => peer.end());

  // While pushed, conversations are asked for once a minute: what comes sooner came by the websocket.
  it('has every message once, also those written while websockets were dropped or the server was down', async () => {
    const server = await startChatwootServer();
    bridge(server, peer.ready.url);
    const id = server.opens('message 0');
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-pushed-'));
    const database = openDatabase(path.join(dir, 'helpdesk.db'), [
      { scope: 'threads', statements: threadMigrations },
    ]);
    const store = createThreadStore(database, () => new Date());
    const states: HelpdeskState['state'][] = [];
    const news: string[] = [];
    const followed = followConnection({
      connector: createChatwoot({
        connection: {
          ...{ id: 'cw-1', kind: 'chatwoot', name: 'Desk', baseUrl: server.url, options: { account: '1' } },
        },
        token: () => RHEA.token,
        ...{ fetch, timeoutMs: 10_000 },
      }),
      store,
      onNews: (_, messages) => news.push(...messages.map(({ text }) => text)),
      onState: ({ state }) => states.push(state),
      log: quiet,
    });
    const has = (count: number) =>
      expect
        .poll(() => news, { timeout: 15_000 })
        .toEqual(Array.from({ length: count }, (_, at) => `message ${String(at)}`));

    /** Does something that breaks the line, and waits until it was noticed and is over. */
    async function interrupted(work: () => Promise<void>): Promise<void> {
      const before = states.length;
      await work();
      await expect.poll(() => states.slice(before), { timeout: 15_000 }).toContain('polling');
      await expect.poll(() => states.at(-1), { timeout: 15_000 }).toBe('live');
    }

    await expect.poll(() => states.at(-1), { timeout: 10_000 }).toBe('live');
    await has(1);
    await server.says(id, 'message 1');
    await has(2);

    await interrupted(async () => {
      await cableAt(peer.ready.url).drop();
      await server.says(id, 'message 2');
    });
    await has(3);
    await server.says(id, 'message 3');
    await has(4);

    const push = server.onMessage;
    await interrupted(async () => {
      server.onMessage = () => Promise.resolve();
      const started = peer.again(Number(new URL(peer.ready.url).port));
      await server.says(id, 'message 4');
      await started;
      server.onMessage = push;
    });
    await has(5);
    await server.says(id, 'message 5');
    await has(6);

    await followed.close();
    database.close();
    await server.close();
    fs.rmSync(dir, { recursive: true, force: true });
  });
});

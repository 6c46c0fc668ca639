import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { spawnHub, type SpawnedHub } from './spawn-hub-for-tests.js';
import { copyPgliteTemplate } from './storage/pglite-for-tests.js';
import { createTestDatabase } from './storage/postgres-for-tests.js';

/** How often it is killed; `KILLS=200 npx vitest run hub/kill-hub` for a long run. */
const KILLS = Number(process.env['KILLS'] ?? 5);
const WRITERS = 4;
const KEY = 'the-hub-key-of-this-test-0123456789-abc';

let folder: string;
let server: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cuecard-kill-'));
  await copyPgliteTemplate(path.join(folder, 'pglite', 'database'));
  server = await createTestDatabase();
});
afterAll(async () => {
  await server.drop();
  await rm(folder, { recursive: true, force: true });
});

const ask = async <T>(hub: SpawnedHub, method: string, url: string, body?: object): Promise<T> => {
  const answer = await fetch(hub.url + url, {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${url}: ${await answer.text()}`);
  return (await answer.json()) as T;
};

describe('a hub that is killed while it writes', () => {
  it.each(['pglite', 'postgres'])('has on %s all it acknowledged, and one whole audit log', async (store) => {
    const env = {
      CUECARD_HUB_OPERATOR_KEY: KEY,
      CUECARD_HUB_SECRET: 'a-secret-of-more-than-32-characters-0001',
      CUECARD_HUB_MEMBER_REQUESTS_PER_MINUTE: '1000000',
      ...(store === 'postgres'
        ? { DATABASE_URL: server.url }
        : { CUECARD_HUB_FOLDER: path.join(folder, store) }),
    };
    const acknowledged = new Set<string>();
    for (let kill = 0; kill < KILLS; kill++) {
      const hub = await spawnHub(env);
      let isDown = false;
      const write = async (): Promise<void> => {
        while (!isDown) {
          const made = await ask<{ invite: { id: string } }>(hub, 'POST', '/v1/invites', {
            role: 'rep',
            name: 'x',
          }).catch(() => null);
          if (made) acknowledged.add(made.invite.id);
        }
      };
      const writers = Array.from({ length: WRITERS }, write);
      const enough = acknowledged.size + 1 + Math.floor(15 * Math.random());
      while (acknowledged.size < enough) await sleep(1);
      // Somewhere in the midst of what the writers do next.
      await sleep(30 * Math.random());
      await hub.kill();
      isDown = true;
      await Promise.all(writers);
    }
    const hub = await spawnHub(env);
    const { invites } = await ask<{ invites: { id: string }[] }>(hub, 'GET', '/v1/invites');
    const found = new Set(invites.map(({ id }) => id));
    expect([...acknowledged].filter((id) => !found.has(id))).toEqual([]);
    const log = await ask<{ isWhole: boolean; entries: number }>(hub, 'GET', '/v1/audit/verify');
    expect(log.isWhole).toBe(true);
    // One entry for each invite, also for those whose answer was lost, and one for the workspace.
    expect(log.entries).toBe(found.size + 1);
    await hub.stop();
  });
}, 600_000);

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Joined, Tokens } from '../shared/contracts/hub/access.js';
import type { AnswerOf } from '../shared/contracts/hub/define-endpoint.js';
import type { feedbackEndpoints } from '../shared/contracts/hub/feedback.js';
import { FeedbackWriter } from './feedback/feedback-writer-for-tests.js';
import { spawnHub, type SpawnedHub } from './spawn-hub-for-tests.js';
import { copyPgliteTemplate } from './storage/pglite-for-tests.js';
import { createTestDatabase } from './storage/postgres-for-tests.js';

/** How often it is killed; `KILLS=200 npx vitest run hub/kill-hub` for a long run. */
const KILLS = Number(process.env['KILLS'] ?? 5);
/** Devices that write feedback, and operators who invite. */
const WRITERS = 3;
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

const ask = async <T>(
  hub: SpawnedHub,
  method: string,
  url: string,
  body?: object,
  token = KEY,
): Promise<T> => {
  const answer = await fetch(hub.url + url, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${url}: ${await answer.text()}`);
  return (await answer.json()) as T;
};
const inviteRep = (hub: SpawnedHub) =>
  ask<{ invite: { id: string }; code: string }>(hub, 'POST', '/v1/invites', { role: 'rep', name: 'x' });
/** Ids of all feedback the hub has, as leads see it. */
const feedbackAt = async (hub: SpawnedHub): Promise<string[]> => {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: AnswerOf<(typeof feedbackEndpoints)['feedback.inbox']> = await ask(
      hub,
      'GET',
      `/v1/feedback?limit=200${cursor && `&before=${cursor}`}`,
    );
    ids.push(...page.feedback.map(({ event }) => event.feedback.id));
    cursor = page.cursor;
  }
  return ids;
};

describe('a hub that is killed while it writes', () => {
  it.each(['pglite', 'postgres'])(
    'has on %s all it acknowledged once, and one whole audit log',
    async (store) => {
      const env = {
        CUECARD_HUB_OPERATOR_KEY: KEY,
        CUECARD_HUB_SECRET: 'a-secret-of-more-than-32-characters-0001',
        CUECARD_HUB_MEMBER_REQUESTS_PER_MINUTE: '1000000',
        ...(store === 'postgres'
          ? { DATABASE_URL: server.url }
          : { CUECARD_HUB_FOLDER: path.join(folder, store) }),
      };
      const invited = new Set<string>();
      const devices = Array.from({ length: WRITERS }, () => new FeedbackWriter());
      const acknowledged = (): string[] => devices.flatMap((device) => [...device.acknowledged]);
      let tokens: Tokens | null = null;
      for (let kill = 0; kill < KILLS; kill++) {
        const hub = await spawnHub(env);
        tokens = await (tokens ? renewed(hub, tokens) : joined(hub));
        const { accessToken } = tokens;
        const found = await feedbackAt(hub);
        expect(new Set(found).size).toBe(found.length);
        expect(acknowledged().filter((id) => !found.includes(id))).toEqual([]);

        let isDown = false;
        const untilDown = async (write: () => Promise<void>): Promise<void> => {
          while (!isDown)
            await write().catch((cause: unknown) => {
              // A connection that broke; what the hub itself says is none of that.
              if (!(cause instanceof TypeError)) throw cause;
            });
        };
        const writers = devices.flatMap((device) => [
          untilDown(async () => void invited.add((await inviteRep(hub)).invite.id)),
          untilDown(() =>
            device.write((events) => ask(hub, 'POST', '/v1/feedback', { events }, accessToken)),
          ),
        ]);
        const [moreInvited, moreSent] = [
          invited.size + Math.random() * 8,
          acknowledged().length + Math.random() * 80,
        ];
        const failed = Promise.all(writers);
        while (invited.size < moreInvited || acknowledged().length < moreSent)
          await Promise.race([sleep(1), failed]);
        // Somewhere in the midst of what the writers do next.
        await sleep(30 * Math.random());
        await hub.kill();
        isDown = true;
        await failed;
      }
      const hub = await spawnHub(env);
      const { accessToken } = tokens ? await renewed(hub, tokens) : await joined(hub);
      for (const device of devices)
        while (device.acknowledged.size < device.made.size)
          await device.write((events) => ask(hub, 'POST', '/v1/feedback', { events }, accessToken));
      expect((await feedbackAt(hub)).sort()).toEqual(devices.flatMap(({ made }) => [...made.keys()]).sort());

      const { invites } = await ask<{ invites: { id: string }[] }>(hub, 'GET', '/v1/invites');
      const found = new Set(invites.map(({ id }) => id));
      expect([...invited].filter((id) => !found.has(id))).toEqual([]);
      const log = await ask<{ isWhole: boolean; entries: number }>(hub, 'GET', '/v1/audit/verify');
      expect(log.isWhole).toBe(true);
      // One entry for each invite, also for those whose answer was lost; for the workspace; for the rep's invite and joining.
      expect(log.entries).toBe(found.size + 3);
      await hub.stop();
    },
  );
}, 600_000);

/** A rep of the team, for all devices. */
async function joined(hub: SpawnedHub): Promise<Tokens> {
  const { code } = await inviteRep(hub);
  return (await ask<Joined>(hub, 'POST', '/v1/join', { code, deviceName: 'test' })).tokens;
}

const renewed = (hub: SpawnedHub, { refreshToken }: Tokens): Promise<Tokens> =>
  ask(hub, 'POST', '/v1/token', { refreshToken });

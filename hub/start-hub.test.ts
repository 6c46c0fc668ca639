import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Joined } from '../shared/contracts/hub/access.js';
import { silentLogger, type LogFields } from '../shared/lib/logger.js';
import { readHubConfig } from './config.js';
import { followEvents } from './events/follow-events-for-tests.js';
import { createHubLogger } from './logging.js';
import { startHub } from './start-hub.js';
import { copyPgliteTemplate } from './storage/pglite-for-tests.js';
import { createTestDatabase } from './storage/postgres-for-tests.js';

const quiet = () => silentLogger;
const SECRET = 'a-secret-of-more-than-32-characters-0001';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cuecard-hub-'));
});
/** A folder with a database that no hub has used yet. */
const emptyFolder = async (name: string): Promise<string> => {
  await copyPgliteTemplate(path.join(folder, name, 'database'));
  return path.join(folder, name);
};
afterAll(() => rm(folder, { recursive: true, force: true }));

const post = (url: string, body: object, token?: string): Promise<Response> =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(body),
  });
const join = async (url: string, code: string | null): Promise<Joined> =>
  (await (await post(`${url}/v1/join`, { code, deviceName: 'test' })).json()) as Joined;

describe('a hub on the embedded store', () => {
  it('shows key and invite once, and knows its people again', async () => {
    const config = readHubConfig(
      { CUECARD_HUB_PORT: '0', CUECARD_HUB_TEAM: 'First team' },
      await emptyFolder('one'),
    );
    const first = await startHub(config, {}, quiet);
    expect(first.made.hubKey).toMatch(/^cck_/);
    const joined = await join(first.url, first.made.inviteCode);
    expect(joined).toMatchObject({ member: { role: 'operator' }, workspace: { name: 'First team' } });
    await first.stop();
    expect((await stat(path.join(config.folder, 'secret'))).mode & 0o777).toBe(0o600);

    const second = await startHub(config, {}, quiet);
    expect(second.made).toEqual({ hubKey: null, inviteCode: null });
    const rotated = await post(`${second.url}/v1/team-keys/rotate`, {}, joined.tokens.accessToken);
    expect(rotated.status).toBe(200);
    const byKey = await post(`${second.url}/v1/workspaces`, { name: 'Two' }, first.made.hubKey ?? '');
    expect(byKey.status).toBe(200);
    await second.stop();

    const third = await startHub(config, { newKey: true }, quiet);
    expect(third.made.hubKey).toMatch(/^cck_/);
    const old = await post(`${third.url}/v1/workspaces`, { name: 'Three' }, first.made.hubKey ?? '');
    expect(old.status).toBe(401);
    await third.stop();
  });

  it('gives another invite when it is asked to, and does not start with a secret that seals nothing', async () => {
    const config = readHubConfig({ CUECARD_HUB_PORT: '0' }, await emptyFolder('two'));
    await (await startHub(config, {}, quiet)).stop();
    const again = await startHub(config, { newInvite: true }, quiet);
    expect((await join(again.url, again.made.inviteCode)).member.role).toBe('operator');
    await again.stop();
    const secret = path.join(config.folder, 'secret');
    const kept = await readFile(secret, 'utf8');
    await writeFile(secret, SECRET);
    await expect(startHub(config, {}, quiet)).rejects.toMatchObject({
      error: { code: 'HUB_CONFIG_INVALID', detail: expect.stringContaining('CUECARD_HUB_SECRET') as string },
    });
    await writeFile(secret, kept);
    await (await startHub(config, {}, quiet)).stop();
  });

  it('takes another secret when it is told the one before, and signs on', async () => {
    const config = readHubConfig(
      { CUECARD_HUB_PORT: '0', CUECARD_HUB_SECRET: SECRET },
      await emptyFolder('six'),
    );
    const first = await startHub(config, {}, quiet);
    const { tokens } = await join(first.url, first.made.inviteCode);
    await first.stop();
    const next = { ...config, secret: `next-${SECRET}` };
    await expect(startHub(next, {}, quiet)).rejects.toMatchObject({ error: { code: 'HUB_CONFIG_INVALID' } });
    await (await startHub({ ...next, previousSecret: SECRET }, {}, quiet)).stop();
    const then = await startHub(next, {}, quiet);
    expect((await post(`${then.url}/v1/team-keys/rotate`, {}, tokens.accessToken)).status).toBe(200);
    await then.stop();
    await expect(startHub(config, {}, quiet)).rejects.toMatchObject({
      error: { code: 'HUB_CONFIG_INVALID' },
    });
  });

  it('writes ids and times to its log, and nothing that is secret or was said', async () => {
    const lines: string[] = [];
    const logger = createHubLogger('debug', { write: (line: string) => void lines.push(line) });
    const config = readHubConfig({ CUECARD_HUB_PORT: '0' }, await emptyFolder('three'));
    const hub = await startHub(config, {}, logger);
    const { tokens, member } = await join(hub.url, hub.made.inviteCode);
    await post(`${hub.url}/v1/invites`, { role: 'rep', name: 'Quoted Name' }, tokens.accessToken);
    await post(`${hub.url}/v1/invites`, { role: 'Quoted Role', name: 'x' }, tokens.accessToken);
    await fetch(`${hub.url}/v1/audit?limit=1`, {
      headers: { authorization: `Bearer ${tokens.accessToken}` },
    });
    await hub.stop();
    const entries = lines.map((line) => JSON.parse(line) as LogFields);
    expect(entries).toContainEqual(
      expect.objectContaining({
        event: 'request.answered',
        endpoint: 'members.invite',
        status: 200,
        memberId: member.id,
      }),
    );
    const all = lines.join('');
    const secrets = [
      tokens.accessToken,
      tokens.refreshToken,
      hub.made.hubKey,
      hub.made.inviteCode,
      'Quoted',
      'limit=1',
    ];
    for (const secret of secrets) expect(all).not.toContain(secret);
  });
});

describe('copies of a hub on one server', () => {
  it("start at once on an empty database, agree, and tell each other's clients", async () => {
    const { url, drop } = await createTestDatabase();
    const env = {
      DATABASE_URL: url,
      CUECARD_HUB_SECRET: SECRET,
      CUECARD_HUB_PORT: '0',
      CUECARD_HUB_DRAIN_SECONDS: '1',
    };
    const copies = await Promise.all([1, 2, 3].map(() => startHub(readHubConfig(env, folder), {}, quiet)));
    const keys = copies.flatMap(({ made }) => made.hubKey ?? []);
    const codes = copies.flatMap(({ made }) => made.inviteCode ?? []);
    expect([keys.length, codes.length]).toEqual([1, 1]);
    const [a, b, c] = copies as [(typeof copies)[0], (typeof copies)[0], (typeof copies)[0]];
    const operator = await join(a.url, codes[0] ?? null);
    const invite = await post(
      `${b.url}/v1/invites`,
      { role: 'rep', name: 'Rep' },
      operator.tokens.accessToken,
    );
    const rep = await join(c.url, ((await invite.json()) as { code: string }).code);
    const stream = await followEvents(b.url, rep.tokens.accessToken);
    const revoked = await post(
      `${a.url}/v1/members/${rep.member.id}/revoke`,
      { wipe: true },
      operator.tokens.accessToken,
    );
    expect(revoked.status).toBe(200);
    await stream.ended;
    expect(stream.events).toEqual([{ name: 'member_changed', memberId: rep.member.id }]);
    const refresh = await post(`${c.url}/v1/token`, { refreshToken: rep.tokens.refreshToken });
    expect(await refresh.json()).toMatchObject({ error: { code: 'HUB_MEMBER_WIPED' } });

    const stopping = b.stop();
    await sleep(200);
    expect((await fetch(`${b.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${b.url}/v1/oidc`)).status).toBe(200);
    await stopping;
    await expect(fetch(`${b.url}/healthz`)).rejects.toThrow();
    expect((await fetch(`${a.url}/readyz`)).status).toBe(200);
    await Promise.all([a.stop(), c.stop()]);
    await drop();
  });

  it('lets a request finish that is under way when it stops', async () => {
    const { url, drop } = await createTestDatabase();
    const env = { DATABASE_URL: url, CUECARD_HUB_SECRET: SECRET, CUECARD_HUB_PORT: '0' };
    const hub = await startHub(readHubConfig(env, folder), {}, quiet);
    const pg = await import('pg');
    const blocker = new pg.default.Client({ connectionString: url });
    await blocker.connect();
    await blocker.query('BEGIN');
    await blocker.query('SELECT * FROM invite FOR UPDATE');
    const answer = join(hub.url, hub.made.inviteCode);
    await sleep(300);
    const stopped = hub.stop();
    await sleep(300);
    await blocker.query('COMMIT');
    await blocker.end();
    expect((await answer).member.role).toBe('operator');
    await stopped;
    await drop();
  });

  it('does not start where it cannot listen, and leaves nothing open', async () => {
    const config = readHubConfig({ CUECARD_HUB_PORT: '0' }, await emptyFolder('four'));
    const hub = await startHub(config, {}, quiet);
    const taken = readHubConfig({ CUECARD_HUB_PORT: new URL(hub.url).port }, path.join(folder, 'five'));
    await expect(startHub(taken, {}, quiet)).rejects.toMatchObject({
      error: { code: 'HUB_CONFIG_INVALID', detail: expect.stringContaining('EADDRINUSE') as string },
    });
    await expect(startHub(config, {}, quiet)).rejects.toMatchObject({
      error: { code: 'HUB_FOLDER_TAKEN' },
    });
    await hub.stop();
    const away = { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none', CUECARD_HUB_SECRET: SECRET };
    await expect(startHub(readHubConfig(away, folder), {}, quiet)).rejects.toMatchObject({
      error: { code: 'HUB_STORE_UNAVAILABLE', detail: 'ECONNREFUSED' },
    });
  });
});

import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { startTestHub, type TestHub, type TestWorkspace as TestTeam } from '../../hub/hub-for-tests.js';
import { createDurableSecret } from '../platform/durable-secret.js';
import { finishRemoval } from '../workspace/remove-team-data.js';
import { createTeamService, type TeamService } from './team-service.js';

let hub: TestHub;
let url: string;
/** `Authorization` of each request the hub got. */
const sent: string[] = [];
beforeAll(async () => {
  const limits = { memberPerMinute: 100_000, joinsPerMinute: 100_000, publicPerMinute: 100_000 };
  hub = await startTestHub({ limits });
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  hub.hub.app.server.on('request', ({ headers }) => sent.push(headers.authorization ?? ''));
  url = `http://127.0.0.1:${String((hub.hub.app.server.address() as AddressInfo).port)}`;
});
afterAll(() => hub.close());

let root: string;
let dir: string;
let team: TestTeam;
let service: TeamService;
let removals: number;
beforeEach(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-team-'));
  dir = path.join(root, 'membership');
  team = await hub.addWorkspace();
  removals = 0;
  sent.length = 0;
  service = startService();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await service.close();
  fs.rmSync(root, { recursive: true, force: true });
});

const plain = { isSafe: () => false, encrypt: (text: string) => Buffer.from(text), decrypt: String };
function startService(): TeamService {
  const started = createTeamService({
    membershipDir: dir,
    tokens: createDurableSecret(path.join(dir, 'tokens.json'), plain),
    target: {
      current: () => Promise.resolve(null),
      listing: () => Promise.resolve([]),
      apply: () => Promise.reject(new Error('no release here')),
    },
    freeBytes: () => Promise.resolve(1e12),
    appVersion: 'test',
    deviceName: 'laptop',
    openBrowser: () => Promise.reject(new Error('no browser here')),
    onRemoval: () => (removals += 1),
    removalRetryMs: [100, 100, 100, 100],
    createLogger: () => silentLogger,
    now: () => new Date(),
  });
  started.start();
  return started;
}
async function invite(into: TestTeam): Promise<string> {
  const answer = await hub.request(into.operator, 'POST', '/v1/invites', { role: 'rep', name: 'Ada' });
  return answer.json<{ code: string }>().code;
}
const begin = async (into: TestTeam): Promise<void> =>
  service.begin({ address: url, code: await invite(into) });
async function join(into = team): Promise<string> {
  await begin(into);
  service.confirm();
  const file = JSON.parse(fs.readFileSync(path.join(dir, 'team.json'), 'utf8')) as { member: { id: string } };
  return file.member.id;
}
const revoke = (id: string, isWipe: boolean) =>
  hub.request(team.operator, 'POST', `/v1/members/${id}/revoke`, { wipe: isWipe });
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 400) throw new Error(`After ten seconds it was ${JSON.stringify(service.status())}`);
    await wait(25);
  }
}
/** A disk that takes no such file any more, or from the first such file on none at all, as after a kill. */
function failAt(name: string, isKill = false): () => number {
  let failures = 0;
  const rename = fs.renameSync.bind(fs);
  let isDead = false;
  vi.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    const isHit = path.basename(String(to)) === name;
    isDead ||= isKill && isHit;
    if (!isHit && !isDead) return rename(from, to);
    failures += 1;
    throw new Error('ENOSPC');
  });
  return () => failures;
}
const tokensHere = (): string => fs.readFileSync(path.join(dir, 'tokens.json'), 'utf8');
const accessToken = (): string =>
  (JSON.parse((JSON.parse(tokensHere()) as { secret: string }).secret) as { accessToken: string })
    .accessToken;

// Catches tokens of the team that was joined last that the hub of the one before gets to see.
it('shows no hub the tokens of another membership, wherever joining was killed', async () => {
  const id = await join();
  await revoke(id, false);
  await until(() => service.status().kind === 'ended');
  const other = await hub.addWorkspace();
  await begin(other);
  failAt('team.json', true);
  expect(() => service.confirm()).toThrow();
  vi.restoreAllMocks();
  const strange = `Bearer ${accessToken()}`;
  // Killed: nothing is closed, as that would end the session at the hub.
  sent.length = 0;
  const killed = service;
  for (const removes of [false, true]) {
    if (removes) finishRemoval(root);
    service = startService();
    await until(() => service.status().kind === 'ended');
    await service.close();
  }
  expect(sent).not.toContain(strange);
  await killed.close();
});

it('keeps the old team where the new one cannot be kept, and can be confirmed again', async () => {
  const id = await join();
  await revoke(id, false);
  await until(() => service.status().kind === 'ended');
  const before = tokensHere();
  await begin(await hub.addWorkspace());
  failAt('team.json');
  expect(() => service.confirm()).toThrow('The workspace folder cannot be written.');
  expect(tokensHere()).toBe(before);
  expect(fs.existsSync(path.join(dir, 'removal.json'))).toBe(false);
  expect(service.status()).toMatchObject({ kind: 'to_confirm' });
  vi.restoreAllMocks();
  service.confirm();
  expect(removals).toBe(1);
});

it('says of a wipe that cannot be marked that the data is there, and deletes it once it can', async () => {
  const id = await join();
  failAt('removal.json');
  await revoke(id, true);
  await until(() => service.status().kind === 'ended');
  expect(service.status()).toMatchObject({ isWiped: false, error: { code: 'HUB_MEMBER_WIPED' } });
  expect(removals).toBe(0);
  vi.restoreAllMocks();
  await until(() => removals === 1);
  expect(service.status()).toMatchObject({ isWiped: true });
  await service.close();
  finishRemoval(root);
  expect(fs.readdirSync(dir)).toEqual(['ended.json']);
});

it('deletes the data of a wipe that could never be marked after the next start', async () => {
  const id = await join();
  failAt('removal.json');
  await revoke(id, true);
  await until(() => service.status().kind === 'ended');
  await service.close();
  vi.restoreAllMocks();
  service = startService();
  await until(() => removals === 1);
});

/** As a kill leaves it between a membership that was kept and the end of the one before. */
async function startWithAnEnd(): Promise<void> {
  await service.close();
  const error = { code: 'HUB_MEMBER_REVOKED', message: 'Ended.', next: 'Ask.', canRetry: false };
  const end = {
    hubUrl: url,
    teamName: 'Test team',
    endedAt: new Date().toISOString(),
    error,
    isWiped: false,
  };
  fs.writeFileSync(path.join(dir, 'ended.json'), JSON.stringify(end));
  sent.length = 0;
  service = startService();
}

// Catches a second team that is opened beside the first, which nobody closes.
it('is in one team where a membership proves alive while another is being joined', async () => {
  await join();
  const fetchNow = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const answer = await fetchNow(input, init);
    if (new Request(input, { method: 'GET' }).url.endsWith('/v1/join')) await wait(300);
    return answer;
  });
  const code = await invite(team);
  await startWithAnEnd();
  let opened = 0;
  service.whileJoined(() => {
    opened += 1;
    return { close: () => void (opened -= 1) };
  });
  await service.begin({ address: url, code });
  expect(sent.length).toBeGreaterThan(1);
  expect(opened).toBe(0);
  service.confirm();
  expect(service.status().kind).toBe('joined');
  expect(opened).toBe(1);
});

it('ends nothing but the look where what it found cannot be written', async () => {
  await join();
  await startWithAnEnd();
  const failures = failAt('team.json');
  await until(() => failures() > 0);
  // A rejection nobody handles fails the test run.
  await service.close();
  expect(fs.existsSync(path.join(dir, 'ended.json'))).toBe(true);
});

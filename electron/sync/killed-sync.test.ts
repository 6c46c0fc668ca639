import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { startTestHub, type TestHub } from '../../hub/hub-for-tests.js';
import { bundleForTests, bundleWorkerForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { embedderDirForTests } from '../models/embedder-for-tests.js';
import { startTestLead, type PublishedForTests, type TestLead } from './lead-for-tests.js';
import { joinByCode, readInvitation } from './join.js';
import { createMembershipFile } from './membership.js';
import type { DeviceNews, OpenedState } from './killed-sync-for-tests.js';

/** `KILLS=200 npx vitest run electron/sync/killed-sync.test.ts` for the long run. */
const KILLS = Number(process.env['KILLS'] ?? 4);

let dir: string;
let hub: TestHub;
let lead: TestLead;
let device: TestBundle;
let worker: TestBundle;
let embedderDir: string;
const published = new Map<number, PublishedForTests>();

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-kill-'));
  await mkdir(path.join(dir, 'device'));
  const limits = { memberPerMinute: 100_000, joinsPerMinute: 100_000, publicPerMinute: 100_000 };
  [hub, device, worker, embedderDir] = await Promise.all([
    startTestHub({ limits }),
    bundleForTests('../sync/killed-sync-for-tests.ts'),
    bundleWorkerForTests(),
    embedderDirForTests(),
  ]);
  await hub.hub.app.listen({ host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${String((hub.hub.app.server.address() as AddressInfo).port)}`;
  const invited = await hub.request(hub.operator, 'POST', '/v1/invites', { role: 'rep', name: 'Ada' });
  const { code } = invited.json<{ code: string }>();
  const { membership, joined } = await joinByCode(readInvitation(`${url}#${code}`), 'laptop', new Date());
  createMembershipFile(path.join(dir, 'device', 'team.json')).write(membership);
  await writeFile(path.join(dir, 'device', 'tokens.json'), JSON.stringify(joined.tokens));
  lead = await startTestLead(hub, path.join(dir, 'lead'), embedderDir);
});
afterAll(async () => {
  await lead.close();
  await hub.close();
  await Promise.all([device.remove(), worker.remove()]);
  await rm(dir, { recursive: true, force: true });
});

async function publish(): Promise<void> {
  const release = await lead.publish();
  published.set(release.number, release);
}

interface Life {
  /** Null where it was killed before it had opened. */
  readonly opened: OpenedState | null;
  /** What it did when it was killed, as far as it had told. */
  readonly doing: string;
  /** How long it took from the beginning of a step until it had the newest release, in milliseconds; null where it was killed before. */
  readonly tookMs: Readonly<Record<string, number>> | null;
}

/** Lets the device live until `isOver` is told; it ends by being killed, in this moment or some time after. */
async function live(isOver: (news: DeviceNews | 'started') => Promise<unknown> | null): Promise<Life> {
  const args = [device.file, path.join(dir, 'device'), worker.file, embedderDir];
  const child = spawn(process.execPath, args);
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  const at = new Map<string, number>();
  let opened: OpenedState | null = null;
  let doing = 'opening';
  let errors = '';
  let line = '';
  const hear = (news: DeviceNews | 'started'): void => {
    if (news !== 'started' && 'opened' in news) opened = news.opened;
    if (news !== 'started' && 'doing' in news) doing = news.doing;
    if (!at.has(doing)) at.set(doing, performance.now());
    void isOver(news)?.then(() => child.kill('SIGKILL'));
  };
  hear('started');
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  child.stdout.on('data', (data: Buffer) => {
    const lines = (line + data.toString()).split('\n');
    line = lines.pop() ?? '';
    for (const whole of lines) hear(JSON.parse(whole) as DeviceNews);
  });
  const [, signal] = await closed;
  expect({ errors, signal }).toEqual({ errors: '', signal: 'SIGKILL' });
  const end = at.get('idle');
  const tookMs =
    end === undefined ? null : Object.fromEntries([...at].map(([step, from]) => [step, end - from]));
  return { opened, doing, tookMs };
}

const isAtRest = (news: DeviceNews | 'started'): boolean =>
  news !== 'started' && 'doing' in news && news.doing === 'idle' && news.release === lead.newest();
const untilNewest = (news: DeviceNews | 'started') => (isAtRest(news) ? Promise.resolve() : null);

/** A device holds all of one release, or nothing yet. @returns its number. */
function expectWhole(state: OpenedState): number | null {
  if (state.number === null) {
    expect(state).toMatchObject({ articles: {}, listing: {}, items: {}, edition: null });
    return null;
  }
  const release = published.get(state.number);
  expect(state).toMatchObject({ ...release });
  expect(Object.keys(state.articles).sort()).toEqual(Object.keys(release?.articles ?? {}).sort());
  expect(state.edition).toContain(`edition ${String(state.number)} of`);
  for (const id of state.candidates) expect(state.intents).toContain(id);
  return state.number;
}

// Catches a device that a kill leaves with parts of two releases, or that does not find its way to the newest afterwards.
it(
  `a device holds one release whole after each of ${String(KILLS)} kills, and reaches the newest`,
  { timeout: 60_000 + KILLS * 20_000 },
  async () => {
    await publish();
    let { tookMs } = await live(untilNewest);
    /** Grows while every kill comes before the device is done, so that kills come up to the end of what it does, however busy the machine. */
    let stretch = 1;
    const killedAt: Record<string, number> = {};
    const found = { old: 0, new: 0 };
    let newestAtKill = lead.newest();
    let before: number | null = null;

    const see = (opened: OpenedState | null): void => {
      if (!opened) return;
      const number = expectWhole(opened);
      expect(number ?? 0).toBeGreaterThanOrEqual(before ?? 0);
      found[number === newestAtKill ? 'new' : 'old'] += 1;
      before = number;
    };

    for (let kill = 0; kill < KILLS; kill++) {
      await publish();
      // From the moment a step begins on, somewhere up to the end of what an undisturbed device does.
      const step = kill % 8 === 7 ? 'opening' : kill % 4 === 3 ? 'checking' : 'fetching';
      const delay = Math.random() * stretch * (tookMs?.[step] ?? 0);
      const publishing = kill % 5 === 4 ? wait(Math.random() * 3000).then(publish) : null;
      const life = await live((news) => {
        if (isAtRest(news)) return Promise.resolve();
        const begins = news === 'started' ? step === 'opening' : 'doing' in news && news.doing === step;
        return begins ? wait(delay) : null;
      });
      see(life.opened);
      stretch = life.tookMs ? 1 : stretch * 1.1;
      tookMs = life.tookMs ?? tookMs;
      await publishing;
      newestAtKill = lead.newest();
      killedAt[life.doing] = (killedAt[life.doing] ?? 0) + 1;
    }
    see((await live(untilNewest)).opened);
    const last = await live(untilNewest);
    expect(last.opened && expectWhole(last.opened)).toBe(lead.newest());
    // Kills of a device at rest would prove nothing.
    expect((killedAt['fetching'] ?? 0) + (killedAt['applying'] ?? 0)).toBeGreaterThan(0);
    process.stdout.write(
      `${String(KILLS)} kills over ${String(published.size)} releases, while ${JSON.stringify(killedAt)}; opened again with ${JSON.stringify(found)}\n`,
    );
  },
);

import { rmSync } from 'node:fs';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { decodeFrames, encodeFrames, type Segment } from '../../release/segment-frames.js';
import type { RewriteBody } from './fault-proxy-for-tests.js';
import {
  startListeningHub,
  startSyncDevice,
  until,
  type ListeningHub,
  type SyncDevice,
} from './sync-device-for-tests.js';

const LIMIT_MS = 400;
const YEAR_MS = 365 * 24 * 3600_000;

let hub: ListeningHub;
let device: SyncDevice;
beforeAll(async () => {
  hub = await startListeningHub();
});
afterAll(() => hub.close());
beforeEach(() => begin());
/** A device that holds release 1 of a team whose newest is 2. */
async function begin(silenceMs = LIMIT_MS): Promise<void> {
  device = await startSyncDevice(hub, { answerMs: LIMIT_MS, silenceMs });
  await device.publish();
  await device.service.retryNow();
  await device.changeArticles(2);
  await device.publish();
}
afterEach(async () => {
  vi.useRealTimers();
  hub.clock.now = null;
  await device.close();
});

/** Release 1 says nothing of lanterns, each later one its number. */
const hoursOf = (release: number): number | null => (release === 1 ? null : release);

/** @returns the release in force after one try, and why it is not the newest. */
async function tryOnce(): Promise<[release: number, code: string | null]> {
  await device.service.retryNow();
  const { activity } = device.service.status();
  const release = await device.number();
  expect(await device.lanternHours()).toBe(hoursOf(release));
  return [release, 'error' in activity ? activity.error.code : null];
}

async function expectRecovery(): Promise<void> {
  await device.proxy.harm({ kind: 'none' });
  expect(await tryOnce()).toEqual([2, null]);
}

describe('A device on a bad line', () => {
  it('ends whole, old or new, wherever the way to the hub is cut or a bit is flipped', async () => {
    let newest = 2;
    let old = 0;
    for (let at = 40; at < 2200; at += 120) {
      await device.proxy.harm(
        at % 240 === 40 ? { kind: 'cut', afterBytes: at } : { kind: 'flip', atByte: at },
      );
      const [release, code] = await tryOnce();
      if (release < newest) {
        expect([release, code]).toEqual([newest - 1, expect.any(String)]);
        old += 1;
        continue;
      }
      newest += 1;
      await device.changeArticles(newest);
      await device.publish();
    }
    // Where each try had come through, or none, little would be proved.
    expect(old).toBeGreaterThan(4);
    expect(newest).toBeGreaterThan(2);
    await device.proxy.harm({ kind: 'none' });
    expect(await tryOnce()).toEqual([newest, null]);
  });

  // Catches an app that waits for ever: nobody closes a half-open connection.
  it('ends in time where an answer does not begin, or stops in the middle', async () => {
    let old = 0;
    for (const afterBytes of [0, 100, 300, 600, 900, 1200]) {
      await device.proxy.harm({ kind: 'stop', afterBytes });
      const from = performance.now();
      const [release, code] = await tryOnce();
      expect(performance.now() - from).toBeLessThan(LIMIT_MS * 8);
      if (release === 2) break;
      expect(code).toBe('HUB_UNREACHABLE');
      old += 1;
    }
    expect(old).toBeGreaterThan(3);
    await expectRecovery();
  });

  it('ends in time where only the segments do not come, from their first byte on or later', async () => {
    const never = new Promise<never>(() => undefined);
    const half = (body: Buffer) => ({ unfinished: body.subarray(0, body.length / 2) });
    for (const late of [() => never, half]) {
      await device.proxy.harm({ kind: 'rewrite', body: (path, body) => (isFetch(path) ? late(body) : body) });
      expect(await tryOnce()).toEqual([1, 'HUB_UNREACHABLE']);
    }
    await expectRecovery();
  });

  it.each([
    ['the check', '/v1/sync', 'HUB_UNREACHABLE'],
    ['the segments', '/v1/segments/fetch', 'RELEASE_DAMAGED'],
  ])(
    'does not take a part of an answer to %s for the whole where no length was told',
    async (_, of, code) => {
      for (const share of [0, 0.3, 0.99]) {
        const body: RewriteBody = (path, whole) =>
          path === of ? whole.subarray(0, Math.floor(whole.length * share)) : whole;
        await device.proxy.harm({ kind: 'rewrite', body });
        expect(await tryOnce()).toEqual([1, code]);
      }
      await expectRecovery();
    },
  );

  it('refuses segments that come twice, and those nobody asked for', async () => {
    const twice: RewriteBody = reframed((segments) => [...segments, ...segments.slice(0, 1)]);
    const content = Buffer.from('of another request');
    const other: RewriteBody = reframed(() => [{ hash: 'a'.repeat(64), content }]);
    for (const body of [twice, other]) {
      await device.proxy.harm({ kind: 'rewrite', body });
      expect(await tryOnce()).toEqual([1, 'RELEASE_DAMAGED']);
      await device.restart(() => rmSync(device.file('sync.db')));
    }
    await expectRecovery();
  });

  it('takes segments in any order', async () => {
    await device.proxy.harm({ kind: 'rewrite', body: reframed((segments) => segments.reverse()) });
    expect(await tryOnce()).toEqual([2, null]);
  });

  // Catches a proxy that mixes up answers or keeps old ones.
  it('refuses the answer to another request, and one of before', async () => {
    let wasAsked = false;
    await device.proxy.harm({
      kind: 'rewrite',
      async body(path, body) {
        if (path !== '/v1/sync') return body;
        wasAsked = true;
        return (await hub.request(device.team.rep, 'GET', '/v1/team-keys')).rawPayload;
      },
    });
    expect(await tryOnce()).toEqual([1, 'HUB_NOT_A_HUB']);
    expect(wasAsked).toBe(true);
    const asked = { release: null, root: null, appVersion: 'test' };
    const fromNothing = (await hub.request(device.team.rep, 'POST', '/v1/sync', asked)).rawPayload;
    await expectRecovery();
    await device.changeArticles(3);
    await device.publish();
    await device.proxy.harm({
      kind: 'rewrite',
      body: (path, body) => (path === '/v1/sync' ? fromNothing : body),
    });
    expect((await tryOnce())[0]).toBe(2);
    await device.proxy.harm({ kind: 'none' });
    expect(await tryOnce()).toEqual([3, null]);
  });

  // Catches a pause that overflows a timer and becomes none.
  it('is not asked at once after an absurd pause', async () => {
    await device.proxy.harm({ kind: 'busy', seconds: '99999999999' });
    expect(await tryOnce()).toEqual([1, 'HUB_TOO_MANY_REQUESTS']);
    const before = device.asked.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(device.asked.length).toBe(before);
  });
});

describe('A device whose clock is wrong', () => {
  it.each([-YEAR_MS, YEAR_MS])('by %i ms syncs, and exchanges its token when the hub says so', async (by) => {
    const { tokens } = device.kept;
    hub.clock.now = new Date(Date.now() + 3600_000);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + by });
    expect(await tryOnce()).toEqual([2, null]);
    expect(device.kept.tokens?.accessToken).not.toBe(tokens?.accessToken);
    const { release } = device.service.status();
    expect(Math.abs(Date.parse(release?.receivedAt ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('goes on where it jumps back between two tries', async () => {
    await device.proxy.harm({ kind: 'portal' });
    expect(await tryOnce()).toEqual([1, 'HUB_NOT_A_HUB']);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - YEAR_MS });
    await expectRecovery();
  });
});

describe('A machine that slept for a week', () => {
  it('gets all that happened as one change, over new connections', async () => {
    // While it sleeps nothing is noticed, however long publishing takes here.
    await device.close();
    await begin(60_000);
    device.service.start();
    await until(async () => (await device.number()) === 2);
    await until(() => device.service.status().activity.kind === 'idle');
    device.proxy.fallAsleep();
    const week = 7 * 24 * 3600_000;
    for (let day = 1; day <= 5; day++) {
      await device.changeArticles(2 + day);
      await device.publish();
    }
    expect(await device.number()).toBe(2);
    hub.clock.now = new Date(Date.now() + week);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + week });
    const before = device.asked.length;
    void device.service.retryNow();
    await until(async () => (await device.number()) === 7);
    await until(() => device.service.status().activity.kind === 'idle');
    expect(device.asked.slice(before).filter((name) => name === 'segments.fetch')).toHaveLength(1);
    expect(device.service.status().release).toMatchObject({ number: 7, articlesChanged: 1 });
  });
});

const isFetch = (path: string): boolean => path === '/v1/segments/fetch';

/** Changes which segments come, and in which order. */
function reframed(change: (segments: Segment[]) => Segment[]): RewriteBody {
  return async (path, body) => {
    if (!isFetch(path)) return body;
    const segments: Segment[] = [];
    for await (const segment of decodeFrames(chunksOf(body))) segments.push(segment);
    expect(segments.length).toBeGreaterThan(0);
    const parts: Buffer[] = [];
    for await (const part of encodeFrames(change(segments))) parts.push(part);
    return Buffer.concat(parts);
  };
}

async function* chunksOf(body: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(body);
}

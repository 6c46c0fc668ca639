import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { bundleForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { openFeedbackDevice } from './feedback-device-for-tests.js';
import { startFeedbackHub, type FeedbackHub } from './feedback-hub-for-tests.js';

/** `KILLS=200 npx vitest run electron/feedback/killed-feedback.test.ts` for the long run. */
const KILLS = Number(process.env['KILLS'] ?? 10);
const LONGEST_LIFE_MS = 300;

let bundle: TestBundle;
let hub: FeedbackHub;
let dir: string;

beforeAll(async () => {
  bundle = await bundleForTests('../feedback/killed-feedback-for-tests.ts');
  hub = await startFeedbackHub();
  dir = await mkdtemp(path.join(tmpdir(), 'cuecard-kill-'));
});
afterAll(async () => {
  await hub.close();
  await bundle.remove();
  await rm(dir, { recursive: true, force: true });
});

/** Lets a process decide and deliver for a random moment and kills it. @returns the ids it was told are stored. */
async function decideUntilKilled(): Promise<string[]> {
  const child = spawn(process.execPath, [bundle.file, dir, `http://127.0.0.1:${String(hub.port)}`]);
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  let output = '';
  let errors = '';
  child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
  child.stdout.on('data', (data: Buffer) => {
    if (output === '') void wait(Math.random() * LONGEST_LIFE_MS).then(() => child.kill('SIGKILL'));
    output += data.toString();
  });
  const [, signal] = await closed;
  expect({ errors, signal }).toEqual({ errors: '', signal: 'SIGKILL' });
  // A line that was cut was not told.
  return output.split('\n').slice(1, -1);
}

// Catches decisions that a kill loses, doubles or lets overtake each other, at whatever moment it comes.
it(
  `every decision that was told to be stored is at the hub once and in order after ${String(KILLS)} kills`,
  { timeout: 60_000 + KILLS * 3000 },
  async () => {
    hub.misbehave((reply, events, store) => {
      const answer = store(events);
      if (Math.random() < 0.8) return answer;
      reply.raw.destroy();
    });
    const told: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) told.push(...(await decideUntilKilled()));

    hub.misbehave(null);
    const device = openFeedbackDevice(dir);
    const delivery = device.outbox.deliverTo(hub.client());
    while (device.outbox.status().waiting > 0) await device.outbox.retryNow();
    await delivery.close();
    const kept = [];
    for (let before: number | null = null; ; before = kept.at(-1)?.sequence ?? null) {
      const page = device.feedback.list(500, before);
      if (page.length === 0) break;
      kept.push(...page);
    }
    device.close();

    const stored = hub.stored.map(({ feedback }) => feedback.id);
    expect(told.length).toBeGreaterThan(KILLS);
    expect(told.filter((id) => !stored.includes(id))).toEqual([]);
    expect(new Set(stored).size).toBe(stored.length);
    expect(kept.map(({ id }) => id).sort()).toEqual([...stored].sort());
    for (const conversation of new Set(kept.map(({ conversationId }) => conversationId))) {
      const sequences = hub.stored
        .filter(({ feedback }) => feedback.conversationId === conversation)
        .map(({ sequence }) => sequence);
      expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    }
    const repeated = hub.requests.flat().length - stored.length;
    process.stdout.write(
      `${String(KILLS)} kills: ${String(told.length)} decisions told stored, ${String(stored.length)} at the hub, ${String(repeated)} sent again\n`,
    );
  },
);

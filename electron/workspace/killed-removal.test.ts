import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { bundleForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { finishRemoval } from './remove-team-data.js';
import { MEMBERSHIP_FOLDER, teamFiles } from './team-files.js';
import { openWorkspace } from './workspace.js';

/** `KILLS=60 npx vitest run electron/workspace/killed-removal.test.ts` for the long run. */
const KILLS = Number(process.env['KILLS'] ?? 9);
/** Written into every file of the team that goes. */
const SECRET = 'what a customer of the old team wrote';
const SETTINGS = '{"theme":"dark"}';
const ARTICLES = 200;

let bundle: TestBundle;
let root: string;
let full: string;
beforeAll(async () => {
  bundle = await bundleForTests('../workspace/killed-removal-for-tests.ts');
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-kill-'));
  full = path.join(root, 'full');
  const names = [
    ...[
      'knowledge.db',
      'knowledge.db-wal',
      'desk.db',
      'desk.db-wal',
      'runs.db',
      'shop.db',
      'classifier.json',
    ],
    ...['index-1.hnsw', 'team/team.json', 'arriving/knowledge.db', 'membership/sync.db'],
    ...['membership/team.json', 'membership/tokens.json', 'membership/ended.json'],
    ...Array.from({ length: ARTICLES }, (_, i) => `team/extra/${String(i % 20)}/${String(i)}.json`),
  ];
  for (const name of names) write(path.join(full, name), `{"text":"${SECRET}"}`.padEnd(20_000));
  for (const name of ['settings.json', 'embedder.json']) write(path.join(full, name), SETTINGS);
});
afterAll(async () => {
  await bundle.remove();
  fs.rmSync(root, { recursive: true, force: true });
});

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/** Every file below a folder with its text. */
function contents(dir: string): Record<string, string> {
  const files = fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  return Object.fromEntries(files.map((file) => [path.relative(dir, file), fs.readFileSync(file, 'utf8')]));
}

/** Lets a process remove and kills it so long after it began; never where that is null. @returns what it had said, and how long it lived. */
async function remove(
  dir: string,
  reason: string,
  killAfterMs: number | null,
): Promise<{ said: string; ms: number }> {
  const child = spawn(process.execPath, [bundle.file, dir, reason]);
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  const startedAt = performance.now();
  if (killAfterMs !== null) {
    await Promise.race([closed, wait(killAfterMs)]);
    child.kill('SIGKILL');
  }
  await closed;
  return { said, ms: performance.now() - startedAt };
}

// Catches a customer's text that is still there after a wipe because the app, or the machine, went down in the middle of it.
it(
  `nothing of the team is left at the next start, whenever one of ${String(KILLS)} removals was killed`,
  async () => {
    const copy = (name: string): string => {
      const dir = path.join(root, name);
      fs.cpSync(full, dir, { recursive: true });
      return dir;
    };
    const before = contents(full);
    const reasons = ['wiped', 'left', 'joined'] as const;
    let { ms: wholeMs } = await remove(copy('whole'), 'wiped', null);
    const met: Record<string, number> = {};
    for (let kill = 0; kill < KILLS; kill++) {
      const dir = copy(String(kill));
      const reason = reasons[kill % reasons.length] ?? 'wiped';
      const { said, ms } = await remove(dir, reason, Math.random() * wholeMs);
      const moment = said.includes('removed') ? 'after' : said.includes('marked') ? 'while' : 'before';
      if (moment === 'after') wholeMs = ms;
      met[moment] = (met[moment] ?? 0) + 1;

      const isMarked = fs.existsSync(teamFiles(path.join(dir, MEMBERSHIP_FOLDER)).removal);
      // As the app does before it opens anything.
      if (isMarked) expect(() => openWorkspace(dir)).toThrow();
      expect(finishRemoval(dir)).toBe(false);
      const after = contents(dir);
      if (!isMarked && moment === 'before') {
        expect(after).toMatchObject(before);
        continue;
      }
      expect(Object.values(after).filter((text) => text.includes(SECRET) && reason !== 'joined')).toEqual([]);
      const { 'settings.json': settings, 'embedder.json': embedder, ...left } = after;
      expect([settings, embedder]).toEqual([SETTINGS, SETTINGS]);
      const kept = {
        wiped: ['membership/ended.json'],
        left: [],
        joined: ['membership/team.json', 'membership/tokens.json'],
      }[reason];
      expect(Object.keys(left).sort()).toEqual(kept);
      if (reason === 'joined') expect(left['membership/team.json']).toContain('the new one');
      fs.rmSync(dir, { recursive: true, force: true });
    }
    process.stdout.write(`${String(KILLS)} kills: ${JSON.stringify(met)}\n`);
  },
  60_000 + KILLS * 5000,
);

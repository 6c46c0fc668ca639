import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { appError } from '../../shared/errors/app-error.js';
import { prepareDemoWorkspace, writeDemoStamp } from './demo-workspace.js';
import { finishRemoval, markRemoval } from './remove-team-data.js';
import { EndedMembership, readJson, teamFiles, type TeamFiles } from './team-files.js';
import { ensureWorkspace, openWorkspace } from './workspace.js';

let root: string;
let dir: string;
let files: TeamFiles;
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-removal-'));
  dir = path.join(root, 'workspace');
  files = teamFiles(ensureWorkspace(dir, 'Demo').membershipDir);
  fill();
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(root, { recursive: true, force: true });
});

const OF_THE_TEAM = [
  ...[
    'knowledge.db',
    'knowledge.db-wal',
    'index-1.hnsw',
    'classifier.json',
    'desk.db',
    'desk.db-wal',
    'runs.db',
  ],
  ...[
    'shop.db',
    'team/profile.json',
    'arriving/knowledge.db',
    'membership/sync.db',
    'a file of a later version',
  ],
];
const OF_THE_MEMBERSHIP = ['membership/team.json', 'membership/tokens.json', 'membership/ended.json'];
const OF_THE_REP = ['settings.json', 'embedder.json', 'privacy.json'];
function fill(): void {
  for (const name of [...OF_THE_TEAM, ...OF_THE_MEMBERSHIP, ...OF_THE_REP]) {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), '{"customer": "Ada"}');
  }
}
const present = (): string[] =>
  fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(dir, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();

const wiped: EndedMembership = {
  ...{ hubUrl: 'https://hub.example', teamName: 'Lumen', endedAt: '2026-01-01T00:00:00.000Z' },
  ...{ error: appError('HUB_MEMBER_WIPED'), isWiped: true },
};

it('deletes nothing that was not marked', () => {
  const before = present();
  expect(finishRemoval(dir)).toBe(false);
  expect(present()).toEqual(before);
});

it('leaves of a wiped membership the explanation and the settings of the rep, and nothing else', () => {
  markRemoval(files, { ended: wiped, joined: null });
  expect(finishRemoval(dir)).toBe(true);
  expect(present()).toEqual(['embedder.json', 'membership/ended.json', 'privacy.json', 'settings.json']);
  expect(readJson(files.ended, EndedMembership)).toEqual(wiped);
});

// Catches the old team shown as ended because a kill came between the mark and the file of the new membership.
it('leaves the new membership where another team was joined, though it was not written yet', () => {
  markRemoval(files, { ended: null, joined: { team: 'the new one' } });
  finishRemoval(dir);
  expect(present()).toEqual([
    ...['embedder.json', 'membership/team.json', 'membership/tokens.json', 'privacy.json', 'settings.json'],
  ]);
  expect(JSON.parse(fs.readFileSync(files.membership, 'utf8'))).toEqual({ team: 'the new one' });
});

// Catches a wiped device that keeps data because the app was killed, or that forgets why it was wiped.
it('finishes at the next opening what was cut off, wherever that was', () => {
  const remove = fs.rmSync.bind(fs);
  let steps = 0;
  for (let cutAt = 1; ; cutAt++) {
    fill();
    markRemoval(files, { ended: wiped, joined: null });
    steps = 0;
    const spy = vi.spyOn(fs, 'rmSync').mockImplementation((...given) => {
      steps += 1;
      if (steps === cutAt) throw new Error('killed');
      remove(...given);
    });
    let isCut = false;
    try {
      finishRemoval(dir);
    } catch {
      isCut = true;
    }
    spy.mockRestore();
    if (!isCut) break;
    expect(() => openWorkspace(dir), `cut at step ${cutAt}`).toThrow('no workspace');
    expect(present()).toEqual(['embedder.json', 'membership/ended.json', 'privacy.json', 'settings.json']);
  }
  expect(steps).toBeGreaterThan(10);
});

it('deletes even where the mark cannot be read', () => {
  fs.writeFileSync(files.removal, '{"ended":');
  finishRemoval(dir);
  expect(present()).toEqual(OF_THE_REP.sort());
});

it('is followed by the demo, as it came', () => {
  const demo = path.join(root, 'demo');
  ensureWorkspace(demo, 'Demo team');
  fs.writeFileSync(path.join(demo, 'knowledge.db'), 'articles of the demo');
  writeDemoStamp(demo, '1');
  fs.writeFileSync(path.join(dir, 'demo.json'), '1');
  markRemoval(files, { ended: wiped, joined: null });
  expect(prepareDemoWorkspace(demo, dir).name).toBe('Demo team');
  expect(fs.readFileSync(path.join(dir, 'knowledge.db'), 'utf8')).toBe('articles of the demo');
  expect(fs.existsSync(path.join(dir, 'desk.db'))).toBe(false);
  expect(readJson(files.ended, EndedMembership)).toEqual(wiped);
});

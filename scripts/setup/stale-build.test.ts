import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { newerSource } from './stale-build.mjs';

let root: string;
const put = (name: string, seconds: number): string => {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, seconds, seconds);
  return file;
};
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'cuecard-stale-'));
  for (const folder of ['electron', 'hub', 'release', 'shared']) put(`${folder}/old.ts`, 1000);
});
afterEach(() => rmSync(root, { recursive: true }));

it('says nothing where nobody knows when it was bundled', () => {
  expect(newerSource(root)).toBeNull();
});

// Catches a command that runs what was there before an edit, and says nothing.
it('names the newest source that was changed after the build', () => {
  put('build/stamps/main-process-engine-command-line.json', 2000);
  expect(newerSource(root)).toBeNull();
  put('hub/feedback/intake.ts', 2500);
  const newest = put('electron/sync/session.ts', 3000);
  expect(newerSource(root)).toBe(newest);
});

it('takes no test for a source', () => {
  put('build/stamps/main-process-engine-command-line.json', 2000);
  put('hub/feedback/intake.test.ts', 3000);
  put('hub/hub-for-tests.ts', 3000);
  put('electron/knowledge/README.md', 3000);
  expect(newerSource(root)).toBeNull();
});

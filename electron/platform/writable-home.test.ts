import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { whyNotWritable } from './writable-home.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'writable-home-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

// Catches: an app that ends with "already running" where its folder cannot be written, and a probe that stays there.
it('makes the folder, leaves nothing in it, and says why it cannot be written', async () => {
  const home = path.join(dir, 'new', 'home');
  expect(whyNotWritable(home)).toBeNull();
  expect(await readdir(home)).toEqual([]);
  // A file in the place of the folder refuses everybody, whatever their rights.
  const taken = path.join(dir, 'file');
  await writeFile(taken, '');
  expect(whyNotWritable(path.join(taken, 'home'))?.error.code).toBe('WORKSPACE_NOT_WRITABLE');
});

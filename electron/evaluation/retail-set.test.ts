import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { readRetailSet } from './retail-set.js';

function codeOf(folder: string): string {
  try {
    readRetailSet(folder);
    return 'read';
  } catch (error) {
    return error instanceof AppErrorException ? error.error.code : 'bug';
  }
}

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'retail-set-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

// Catches: a folder that is not there reported as one in a wrong form, and a broken file reported as a bug of ours.
it('says apart what is not there and what cannot be read', async () => {
  expect(codeOf(dir)).toBe('EVALUATION_DATA_NOT_FOUND');
  await writeFile(path.join(dir, 'db.json'), '{ "users": ');
  expect(codeOf(dir)).toBe('EVALUATION_DATA_INVALID');
  await writeFile(path.join(dir, 'db.json'), '{}');
  expect(codeOf(dir)).toBe('EVALUATION_DATA_INVALID');
});

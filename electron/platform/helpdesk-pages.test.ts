import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { silentLogger } from '../../shared/lib/logger.js';
import { createHelpdeskPages, type HelpdeskPages } from './helpdesk-pages.js';

const RT = ['rt-1', 'rt-1 https://rt.example.com'] as const;
const ZAMMAD = ['zammad-1', 'zammad-1 https://zammad.example.com'] as const;
let dir: string;
let cleared: string[];
let isFailing: boolean;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-pages-'));
  cleared = [];
  isFailing = false;
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

const begin = (): HelpdeskPages =>
  createHelpdeskPages({
    file: path.join(dir, 'pages.json'),
    sessionOf: (partition) => ({
      async clearStorageData(options) {
        await Promise.resolve();
        if (isFailing) throw new Error('the disk is full');
        cleared.push(`${partition} ${options ? options.storages.join('+') : 'storage'}`);
      },
      clearCache: () => Promise.resolve(void cleared.push(`${partition} cache`)),
      clearAuthCache: () => Promise.resolve(void cleared.push(`${partition} auth`)),
    }),
    log: silentLogger,
  });
const ALL_OF_RT = ['storage', 'cache', 'auth'].map((what) => `persist:helpdesk-rt-1 ${what}`);

// Catches: a removed helpdesk whose pages and sign-in lie on the disk for ever, and one that is signed out because another was removed.
it('deletes what the pages of a removed helpdesk left, and nothing of the others', async () => {
  const pages = begin();
  pages.opened(...RT);
  pages.opened(...ZAMMAD);
  await pages.keepOnly([RT[1], ZAMMAD[1]]);
  expect(cleared).toEqual([]);
  await pages.keepOnly([ZAMMAD[1]]);
  expect(cleared).toEqual(ALL_OF_RT);
  await pages.keepOnly([ZAMMAD[1]]);
  expect(cleared).toEqual(ALL_OF_RT);
});

// Catches: another helpdesk under the same id that finds the sign-in of the one before.
it('deletes it too where the helpdesk went to another address', async () => {
  const pages = begin();
  pages.opened(...RT);
  await pages.keepOnly(['rt-1 https://elsewhere.example.com']);
  expect(cleared).toEqual(ALL_OF_RT);
});

// Catches: pages that stay because the process ended, or the disk failed, before they were deleted.
it('goes on at the next start', async () => {
  begin().opened(...RT);
  isFailing = true;
  await begin().keepOnly([]);
  expect(cleared).toEqual([]);
  isFailing = false;
  await begin().keepOnly([]);
  expect(cleared).toEqual(ALL_OF_RT);
});

// Catches: pages of a forgotten customer in the cache, and a rep who is signed out at each start because something was old enough to go.
it('forgets every copy of a page, and no sign-in', async () => {
  begin().opened(...RT);
  const pages = begin();
  pages.opened(...ZAMMAD);
  await pages.forgetPages({ data: false });
  expect(cleared).toEqual([
    'persist:helpdesk-rt-1 cache',
    'persist:helpdesk-rt-1 cachestorage+serviceworkers',
    'persist:helpdesk-zammad-1 cache',
    'persist:helpdesk-zammad-1 cachestorage+serviceworkers',
  ]);
});

// Catches: a forgotten customer in what a web app keeps for itself, and a sign-in by cookie that goes with them.
it('forgets with a customer what web apps keep, but for cookies', async () => {
  const pages = begin();
  expect(pages.count()).toBe(0);
  pages.opened(...RT);
  pages.opened(RT[0], 'rt-1 https://elsewhere.example.com');
  expect(pages.count()).toBe(1);
  await pages.forgetPages({ data: true });
  expect(cleared).toEqual([
    'persist:helpdesk-rt-1 cache',
    'persist:helpdesk-rt-1 cachestorage+serviceworkers+filesystem+indexdb+localstorage+websql',
  ]);
});

// Catches: a customer that is said to be forgotten while their pages are still there.
it('says when a copy could not be deleted', async () => {
  const pages = begin();
  pages.opened(...RT);
  isFailing = true;
  await expect(pages.forgetPages({ data: true })).rejects.toThrow('the disk is full');
});

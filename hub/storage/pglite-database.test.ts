import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { describeHubDatabase } from './hub-database.conformance.js';
import type { HubDatabase } from './hub-database.js';
import { openPglite } from './pglite-database.js';
import { openTestPglite } from './pglite-for-tests.js';

let shared: Promise<HubDatabase> | null = null;
describeHubDatabase('PGlite', () => (shared ??= openTestPglite()));

describe('PGlite in a folder', () => {
  let parent: string;
  beforeAll(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'cuecard-pglite-'));
  });
  afterAll(() => rm(parent, { recursive: true, force: true }));

  it('keeps what was written, and lets nobody else in meanwhile', async () => {
    const folder = path.join(parent, 'database');
    const first = await openPglite(folder);
    await first.run('CREATE TABLE kept (id int)');
    await first.run('INSERT INTO kept VALUES (5)');
    await expect(openPglite(folder)).rejects.toMatchObject({ error: { code: 'HUB_FOLDER_TAKEN' } });
    await first.close();
    await expect(first.check()).rejects.toMatchObject({ error: { code: 'HUB_STORE_UNAVAILABLE' } });
    const again = await openPglite(folder);
    expect(await again.rows(z.object({ id: z.int() }), 'SELECT id FROM kept')).toEqual([{ id: 5 }]);
    await again.close();
  });
});

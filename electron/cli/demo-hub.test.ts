import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';

import { openPglite } from '../../hub/storage/pglite-database.js';
import { copyPgliteTemplate } from '../../hub/storage/pglite-for-tests.js';
import { demoHubFiles } from '../workspace/demo-hub-files.js';
import type { ResourceLocations } from '../workspace/locations.js';
import { runDemoHub } from './demo-hub.js';

let home: string;
beforeEach(() => {
  home = fs.mkdtempSync(path.join(tmpdir(), 'cuecard-demo-hub-'));
});
afterEach(() => fs.rmSync(home, { recursive: true }));

// Catches a hub that hears nothing while it starts: its process would be gone, with the store open.
it('ends in good order when it is ended while it starts', async () => {
  const files = demoHubFiles(home);
  const database = path.join(files.dir, 'database');
  await copyPgliteTemplate(database);
  const heard = new Set(process.listeners('SIGTERM'));
  const said = vi.spyOn(process.stdout, 'write').mockImplementation(() => {
    // Its first line comes before it opens its store. What the system would call is called here, for it reaches the tests' process as well.
    for (const listener of process.listeners('SIGTERM')) if (!heard.has(listener)) listener('SIGTERM');
    return true;
  });
  const resources: Partial<ResourceLocations> = { demoWorkspaceDir: path.join(home, 'no-demo') };
  const ended = runDemoHub({ resources: resources as ResourceLocations, env: { CUECARD_HOME: home } });
  expect(await ended.finally(() => said.mockRestore())).toBe(0);
  expect(fs.existsSync(files.invitation)).toBe(false);
  const again = await openPglite(database);
  expect(
    await again.rows(z.object({ releases: z.int() }), 'SELECT count(*)::int AS releases FROM release'),
  ).toEqual([{ releases: 0 }]);
  await again.close();
});

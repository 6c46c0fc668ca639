import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';

/** A hub in a process of its own, for measuring. */
export interface BenchedHub {
  readonly url: string;
  readonly hubKey: string;
  readonly store: 'PGlite' | 'Postgres';
  /** What the hub says of itself at `/metrics`: one figure by its name. */
  figure(name: string): Promise<number>;
  stop(): Promise<void>;
}

const Started = z.object({ url: z.string() });
/** Nobody is to be slowed down by limits that are there for people. */
const NO_LIMIT = '1000000';

/** Starts `cuecard hub` on a new embedded store, or on an empty Postgres database. */
export async function startBenchedHub(databaseUrl: string | undefined): Promise<BenchedHub> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cuecard-bench-hub-'));
  const hubKey = randomBytes(32).toString('hex');
  const child = spawn(
    process.execPath,
    [process.argv[1] ?? '', 'hub', '--json', '--port', '0', '--folder', folder],
    {
      env: {
        ...process.env,
        CUECARD_HUB_OPERATOR_KEY: hubKey,
        CUECARD_HUB_SECRET: randomBytes(32).toString('hex'),
        CUECARD_HUB_MEMBER_REQUESTS_PER_MINUTE: NO_LIMIT,
        CUECARD_HUB_JOINS_PER_MINUTE: NO_LIMIT,
        DATABASE_URL: databaseUrl ?? '',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  const firstLine = once(createInterface(child.stdout), 'line').then(([line]) => String(line));
  const line = await Promise.race([firstLine, exited.then(() => null)]);
  if (line === null) {
    await rm(folder, { recursive: true, force: true });
    throw new AppErrorException('HUB_UNREACHABLE', 'the hub that was to be measured did not start');
  }
  const { url } = Started.parse(JSON.parse(line));
  return {
    url,
    hubKey,
    store: databaseUrl === undefined ? 'PGlite' : 'Postgres',
    async figure(name) {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
    },
    stop,
  };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');

export interface SpawnedHub {
  readonly url: string;
  /** Of the first start; null at later ones. */
  readonly hubKey: string | null;
  readonly inviteCode: string | null;
  /** As a power cut would, for this process alone. */
  kill(): Promise<void>;
  /** As whoever runs it would. */
  stop(): Promise<void>;
}

let bundled: Promise<string> | null = null;

/** Bundles the hub as it is now, once for a test file; inside the repository, so that its packages are found. */
async function bundle(): Promise<string> {
  const folder = path.join(root, 'build', 'for-tests', String(process.pid));
  await mkdir(folder, { recursive: true });
  const outfile = path.join(folder, 'hub.mjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['hub/server.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    external: ['libsql', '@electric-sql/pglite', 'pg-native'],
    banner: {
      js: "import { createRequire as forTests } from 'node:module'; const require = forTests(import.meta.url);",
    },
  });
  process.once('exit', () => void rm(folder, { recursive: true, force: true }));
  return outfile;
}

/** Starts a hub in a process of its own, on any free port; resolves when it listens. */
export async function spawnHub(env: Readonly<Record<string, string>>): Promise<SpawnedHub> {
  const file = await (bundled ??= bundle());
  const child = spawn(process.execPath, [file], {
    env: { PATH: process.env['PATH'], CUECARD_HUB_PORT: '0', CUECARD_HUB_LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { said, url } = await untilListening(child);
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    url,
    hubKey: /Hub key .*: (\S+)/.exec(said())?.[1] ?? null,
    inviteCode: /Invite .*: (\S+)/.exec(said())?.[1] ?? null,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

async function untilListening(child: ChildProcess): Promise<{ said: () => string; url: string }> {
  let text = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      // Key and invite are printed together with the address.
      const url = /Hub: (\S+)\n/.exec(text)?.[1];
      if (url) setTimeout(() => resolve({ said: () => text, url }), 50);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`The hub ended with ${String(code)}:\n${text}`)));
  });
}

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const PEERS = fileURLToPath(new URL('../../../e2e/peers/', import.meta.url));
const Unavailable = z.object({ unavailable: z.string() });

/** A real system that runs beside the tests until it is ended. */
export interface Peer<Ready> {
  readonly ready: Ready;
  readonly dir: string;
  end(): Promise<void>;
  /** Starts it again in the same folder, on the same port. */
  again(port: number): Promise<void>;
}

/** The peer, or why this machine cannot have it: then its tests are skipped and say so. */
export async function startPeer<Ready>(
  name: string,
  schema: z.ZodType<Ready>,
): Promise<Peer<Ready> | string> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `cuecard-${name}-`));
  const first = await run(name, dir, 0, schema);
  if (typeof first === 'string') {
    fs.rmSync(dir, { recursive: true, force: true });
    process.stderr.write(`Skipped: ${name} ${first}\n`);
    return first;
  }
  let { child } = first;
  return {
    ready: first.ready,
    dir,
    async end() {
      await stop(child);
      fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
    async again(port) {
      await stop(child);
      const next = await run(name, dir, port, schema);
      if (typeof next === 'string') throw new Error(next);
      child = next.child;
    },
  };
}

async function run<Ready>(
  name: string,
  dir: string,
  port: number,
  schema: z.ZodType<Ready>,
): Promise<{ ready: Ready; child: ChildProcess } | string> {
  const child = spawn(process.execPath, [path.join(PEERS, `${name}.mjs`), dir, String(port)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${name} ended with ${String(code)} before it was ready.`)));
  });
  const value: unknown = JSON.parse(line);
  const unavailable = Unavailable.safeParse(value);
  if (unavailable.success) return unavailable.data.unavailable;
  return { ready: schema.parse(value), child };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await over;
}

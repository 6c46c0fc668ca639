import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';

import { repoRoot } from '../launch.js';

/** A real system of `e2e/peers` in a process of its own; why this machine cannot have it instead. */
export async function runPeer<Ready>(
  name: string,
  dir: string,
  port: string,
): Promise<{ ready: Ready; child: ChildProcess } | string> {
  const program = path.join(repoRoot, `e2e/peers/${name}.mjs`);
  const child = spawn(process.execPath, [program, dir, port], { stdio: ['pipe', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString();
      if (printed.includes('\n')) resolve(printed);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`${name} ended with ${String(code)} before it was ready.`)));
  });
  const said = JSON.parse(line) as object;
  return 'unavailable' in said ? String(said.unavailable) : { ready: said as Ready, child };
}

export async function endPeer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await over;
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { repoRoot } from '../launch.js';

/** `cuecard demo hub` on a data folder, as `npm start` runs it beside the app. */
export async function startDemoHub(home: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const hub: ChildProcess = spawn(process.execPath, [path.join(repoRoot, 'build', 'cli.js'), 'demo', 'hub'], {
    env: { ...process.env, CUECARD_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!hub.stdout) throw new Error('no output');
  const [line] = (await once(createInterface({ input: hub.stdout }), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    async stop() {
      const ended = once(hub, 'exit');
      hub.kill('SIGTERM');
      await ended;
    },
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';

/** A hub in a process of its own, on the embedded store of a folder. */
export interface BenchHub {
  readonly url: string;
  /** Acts as operator. */
  readonly client: HubClient;
  stop(): Promise<void>;
}

const Started = z.object({ url: z.string(), hubKey: z.string() });

/** Starts `cuecard hub` as a person would, on any free port. @throws AppErrorException HUB_UNREACHABLE when it does not come up. */
export async function startBenchHub(folder: string): Promise<BenchHub> {
  const [, command = ''] = process.argv;
  const child = spawn(process.execPath, [command, 'hub', '--json', '--port', '0', '--folder', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CUECARD_HUB_MEMBER_REQUESTS_PER_MINUTE: '100000' },
  });
  const exited = once(child, 'exit');
  const line = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [first, rest] = text.split('\n');
      if (rest !== undefined) resolve(first ?? '');
    });
    child.once('exit', () => reject(new AppErrorException('HUB_UNREACHABLE', 'it ended at its start')));
  });
  const { url, hubKey } = Started.parse(JSON.parse(line));
  return {
    url,
    client: createHubClient({
      baseUrl: url,
      tokens: {
        accessToken: () => Promise.resolve(hubKey),
        expired: () => undefined,
        refused: () => undefined,
      },
    }),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

import path from 'node:path';
import type { Command } from 'commander';

import { cuecardHome } from '../workspace/locations.js';
import { stopSignal } from './stop-signal.js';

interface HubOptions {
  readonly folder?: string;
  readonly port?: string;
  readonly host?: string;
  readonly newInvite?: boolean;
  readonly newKey?: boolean;
  readonly json?: boolean;
}

/** Adds `cuecard hub`. The hub's code is loaded by it alone. */
export function addHubCommand(program: Command, finish: (code: number) => void): void {
  program
    .command('hub')
    .description("Run a team's hub on this machine until it is interrupted (environment: docs/hub.md).")
    .option('--folder <dir>', 'where the embedded store is (default: CUECARD_HOME/hub)')
    .option('--port <n>', 'default: CUECARD_HUB_PORT or 4780; 0 for any that is free')
    .option('--host <address>', 'default: CUECARD_HUB_HOST or 127.0.0.1')
    .option('--new-invite', 'print another invite for an operator')
    .option('--new-key', 'replace the hub key, where it is lost')
    .option('--json', 'print address, key and invite as one line of JSON, and no log')
    .action(async (options: HubOptions) => finish(await runHub(options, process.env)));
}

async function runHub(options: HubOptions, env: NodeJS.ProcessEnv): Promise<number> {
  const { serveHub } = await import('../../hub/serve-hub.js');
  const { folder, port, host, ...rest } = options;
  const chosen = {
    ...(folder === undefined ? {} : { CUECARD_HUB_FOLDER: path.resolve(folder) }),
    ...(port === undefined ? {} : { CUECARD_HUB_PORT: port }),
    ...(host === undefined ? {} : { CUECARD_HUB_HOST: host }),
  };
  await serveHub({
    ...rest,
    env: { ...env, ...chosen },
    home: path.join(cuecardHome(env), 'hub'),
    say: (line) => void process.stdout.write(`${line}\n`),
    stopped: stopSignal(),
  });
  return 0;
}

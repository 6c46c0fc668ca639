import path from 'node:path';
import type { Command } from 'commander';

import { silentLogger } from '../../shared/lib/logger.js';
import { cuecardHome } from '../workspace/locations.js';
import { interruption } from './interruption.js';

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
  const { startHub, readHubConfig, describeConfig } = await import('../../hub/index.js');
  const given = {
    CUECARD_HUB_FOLDER: options.folder && path.resolve(options.folder),
    CUECARD_HUB_PORT: options.port,
    CUECARD_HUB_HOST: options.host,
  };
  const chosen = Object.entries(given).filter(([, value]) => value !== undefined);
  const config = readHubConfig({ ...env, ...Object.fromEntries(chosen) }, path.join(cuecardHome(env), 'hub'));
  const { newInvite = false, newKey = false } = options;
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  if (!options.json) for (const line of describeConfig(config)) say(line);
  const stopped = stopSignal();
  const running = await startHub(
    config,
    { newInvite, newKey },
    options.json ? () => silentLogger : undefined,
  );
  if (options.json) say(JSON.stringify({ url: running.url, ...running.made }));
  else for (const line of startedText(running.url, running.made)) say(line);
  await stopped;
  await running.stop();
  return 0;
}

function startedText(url: string, made: { hubKey: string | null; inviteCode: string | null }): string[] {
  const lines = [`Hub: ${url}`];
  if (made.hubKey !== null)
    lines.push(`Hub key (shown once, keep it like a password; it acts as operator): ${made.hubKey}`);
  if (made.inviteCode !== null)
    lines.push(`Invite for the first operator (good for one person and a week): ${made.inviteCode}`);
  return lines;
}

/** Ctrl-C, or whoever runs the hub asks it to end. */
async function stopSignal(): Promise<void> {
  const interrupted = interruption();
  await new Promise<void>((resolve) => {
    interrupted.addEventListener('abort', () => resolve(), { once: true });
    process.once('SIGTERM', () => resolve());
  });
}

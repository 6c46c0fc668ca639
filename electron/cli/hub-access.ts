import { Option, type Command } from 'commander';

import { WORKSPACE_HEADER } from '../../shared/contracts/hub/access.js';
import { AppErrorException } from '../../shared/errors/app-error.js';
import { createHubClient, type HubClient } from '../sync/hub-client.js';
import { readHubAddress } from '../sync/join.js';
import { EXIT_INTERRUPTED, interruption } from './interruption.js';

/** What every command that asks a hub is told. */
export interface HubOptions {
  readonly hub: string;
  readonly workspaceId?: string;
  readonly json?: boolean;
}

/** The variable the hub key is read from: never an option, since those show in lists of processes and in logs of pipelines. */
const KEY = 'CUECARD_HUB_KEY';

/** Adds the options of {@link HubOptions}; address and workspace may stand in the environment as well. */
export const withHubOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--hub <url>', `address of the team's hub; its key is read from ${KEY}`)
        .env('CUECARD_HUB_URL')
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--workspace-id <id>', 'workspace on the hub, where it has several').env(
        'CUECARD_HUB_WORKSPACE',
      ),
    )
    .option('--json', 'print the result as JSON');

/**
 * Opens the way to a hub with its key and does some work.
 * @throws AppErrorException HUB_KEY_REFUSED without a key or with another hub's; HUB_NOT_A_HUB for an address that is none.
 */
export async function withHub<T>(
  { hub, workspaceId }: HubOptions,
  env: NodeJS.ProcessEnv,
  work: (client: HubClient) => Promise<T>,
): Promise<T> {
  const key = env[KEY]?.trim();
  if (!key) throw new AppErrorException('HUB_KEY_REFUSED', `${KEY} is not set`);
  const client = createHubClient({
    baseUrl: readHubAddress(hub),
    tokens: { accessToken: () => Promise.resolve(key), expired: () => undefined, refused: () => undefined },
    headers: workspaceId === undefined ? {} : { [WORKSPACE_HEADER]: workspaceId },
  });
  try {
    return await work(client);
  } catch (cause) {
    if (cause instanceof AppErrorException && cause.error.code === 'HUB_NOT_SIGNED_IN')
      throw new AppErrorException('HUB_KEY_REFUSED', undefined, { cause });
    throw cause;
  }
}

/**
 * Does work that Ctrl-C may end.
 * @returns the exit code: that of the work, or that of an interruption.
 */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<number>,
  whenStopped: string,
): Promise<number> {
  const signal = interruption();
  try {
    return await work(signal);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    process.stderr.write(whenStopped);
    return EXIT_INTERRUPTED;
  }
}

/** Prints a result for a person, or as JSON. */
export function print({ json }: { readonly json?: boolean }, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text);
}

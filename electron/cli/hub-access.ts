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
 * @throws AppErrorException HUB_KEY_REFUSED without a key or with another hub's; HUB_ADDRESS_INVALID; HUB_NOT_REACHED.
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
    const error = cause instanceof AppErrorException ? cause.error : null;
    // Those words are for a device, which signs in by an invite and works on without its hub.
    if (error?.code === 'HUB_NOT_SIGNED_IN')
      throw new AppErrorException('HUB_KEY_REFUSED', undefined, { cause });
    if (error?.code === 'HUB_UNREACHABLE')
      throw new AppErrorException('HUB_NOT_REACHED', error.detail, { cause });
    throw cause;
  }
}

/**
 * Asks the hub once, before a command that waits for a hub that is away: one that was never there is said at once.
 * @throws AppErrorException HUB_NOT_REACHED and whatever the hub answers to the key.
 */
export async function reachHub(hub: Pick<HubClient, 'request'>, signal: AbortSignal): Promise<void> {
  await hub.request('access.me', {}, signal);
}

/**
 * Does work that Ctrl-C may end.
 * @returns the exit code: that of the work, or that of an interruption.
 */
export async function interruptible(
  work: (signal: AbortSignal) => Promise<number>,
  whenStopped: () => string,
): Promise<number> {
  const signal = interruption();
  try {
    return await work(signal);
  } catch (cause) {
    if (!signal.aborted) throw cause;
    process.stderr.write(whenStopped());
    return EXIT_INTERRUPTED;
  }
}

/** Prints a result for a person, or as JSON. */
export function print({ json }: { readonly json?: boolean }, value: unknown, text: string): void {
  process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text);
}

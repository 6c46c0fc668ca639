import { silentLogger } from '../shared/lib/logger.js';
import { describeConfig, readHubConfig } from './config.js';
import { startHub } from './start-hub.js';

export interface ServeOptions {
  readonly env: NodeJS.ProcessEnv;
  /** Where the embedded store is unless the environment says otherwise. */
  readonly home: string;
  readonly newInvite?: boolean;
  readonly newKey?: boolean;
  /** One line of JSON instead of text, and no log. */
  readonly json?: boolean;
  readonly say: (line: string) => void;
  /** Resolves when the hub is to stop. */
  readonly stopped: Promise<void>;
}

/** Runs a hub until it is to stop: says what it was told, where it is and what is shown only once. @throws as startHub. */
export async function serveHub(options: ServeOptions): Promise<void> {
  const { env, home, newInvite = false, newKey = false, json = false, say, stopped } = options;
  const config = readHubConfig(env, home);
  if (!json) for (const line of describeConfig(config)) say(line);
  const running = await startHub(config, { newInvite, newKey }, json ? () => silentLogger : undefined);
  const { url, made } = running;
  if (json) say(JSON.stringify({ url, ...made }));
  else {
    say(`Hub: ${url}`);
    if (made.hubKey !== null)
      say(`Hub key (shown once, keep it like a password; it acts as operator): ${made.hubKey}`);
    if (made.inviteCode !== null)
      say(`Invite for an operator (good for one person and a week): ${made.inviteCode}`);
  }
  await stopped;
  await running.stop();
}

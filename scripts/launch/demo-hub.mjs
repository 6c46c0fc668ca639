import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { buildDir } from '../setup/locations.mjs';
import { lastLines } from '../setup/run-process.mjs';
import { startProcessGroup } from './process-group.mjs';

/** The hub says its address before it opens its store; an app that waits longer for it opens without. */
const ADDRESS_MS = 5000;
/** Whoever starts the app a second time has the first one come to the front: its hub runs already, and nobody needs to hear of it. */
const SAY_AFTER_MS = 3000;

/**
 * Starts the hub the demo is synced from, beside the app and for as long as it runs. Never throws: without it the demo works on what is there.
 *
 * @param {(text: string) => void} say
 * @returns {Promise<{ env: Record<string, string>, end: () => Promise<void> }>} what the app is told
 */
export async function startDemoHub(say) {
  const hub = startProcessGroup(process.execPath, [join(buildDir, 'cli.js'), 'demo', 'hub'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let isEnding = false;
  let complaints = '';
  hub.child.stderr?.setEncoding('utf8').on('data', (text) => (complaints = (complaints + text).slice(-4000)));
  void hub.ended.then(async () => {
    if (isEnding) return;
    await delay(SAY_AFTER_MS, undefined, { ref: false });
    if (!isEnding)
      say(`     the demo's hub has ended; the app works on without it\n${lastLines(complaints, 3)}`);
  });
  return {
    env: await addressOf(hub),
    end() {
      isEnding = true;
      return hub.end();
    },
  };
}

/**
 * @param {import('./process-group.mjs').ProcessGroup} hub
 * @returns {Promise<Record<string, string>>}
 */
async function addressOf({ child, ended }) {
  if (!child.stdout) return {};
  const lines = createInterface({ input: child.stdout });
  /** @type {Promise<string | null>} */
  const first = new Promise((resolve) => lines.once('line', resolve));
  const line = await Promise.race([first, ended.then(() => null), delay(ADDRESS_MS, null, { ref: false })]);
  if (line === null) return {};
  try {
    return { CUECARD_DEMO_HUB: String(JSON.parse(line).url) };
  } catch {
    return {};
  }
}

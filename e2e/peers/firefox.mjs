import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { ensureDebianPackages } from './debian-packages.mjs';
import { runPeer } from './peer-command.mjs';

const places = [process.env['CUECARD_FIREFOX'] ?? '', '/usr/bin/firefox-esr'];

/**
 * A Firefox of this machine, installed where there is none.
 *
 * @returns {Promise<{ ready: { executable: string }, end: () => Promise<void> }>} what a test starts by itself
 */
export async function findFirefox() {
  const known = places.find((file) => file !== '' && existsSync(file));
  if (known === undefined) await ensureDebianPackages(['firefox-esr']);
  return { ready: { executable: known ?? '/usr/bin/firefox-esr' }, end: async () => undefined };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(findFirefox);

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { ensureDebianPackages } from './debian-packages.mjs';
import { runPeer } from './peer-command.mjs';

const places = [process.env['CUECARD_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'];

/**
 * A Chromium of this machine, installed where there is none. Branded Chrome will not do: it loads no extension from a folder by a switch.
 *
 * @returns {Promise<{ ready: { executable: string }, end: () => Promise<void> }>} what a test starts by itself
 */
export async function findChromium() {
  const known = places.find((file) => file !== '' && existsSync(file));
  if (known === undefined) await ensureDebianPackages(['chromium']);
  return { ready: { executable: known ?? '/usr/bin/chromium' }, end: async () => undefined };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(findChromium);

import { spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { tieToThisProcess } from '../../scripts/setup/tied-process.mjs';
import { ensureDebianPackages } from './debian-packages.mjs';
import { freePort } from './free-port.mjs';
import { runPeer } from './peer-command.mjs';

const PACKAGES = ['ruby-actioncable', 'puma'];
const ROOM = fileURLToPath(new URL('action-cable/room.ru', import.meta.url));
const START_MS = 60_000;
/** Who may subscribe, by the token of their websocket. */
const USERS = {
  'rhea-pubsub': { id: 7, accounts: [1, 2] },
  'omar-pubsub': { id: 8, accounts: [2] },
};

/**
 * A real ActionCable (Rails and puma of Debian) at `/cable` with a `RoomChannel`. It keeps nothing.
 *
 * @param {string} dir
 * @param {number} wantedPort 0 for any
 * @returns {Promise<{ ready: { url: string }, end: () => Promise<void> }>}
 */
export async function startActionCable(dir, wantedPort) {
  await ensureDebianPackages(PACKAGES);
  const port = wantedPort === 0 ? await freePort() : wantedPort;
  const args = ['-b', `tcp://127.0.0.1:${port}`, '-t', '1:5', '-e', 'production', ROOM];
  const server = spawn(...tieToThisProcess('puma', args, 'TERM'), {
    cwd: path.resolve(dir),
    env: { ...process.env, PEER_USERS: JSON.stringify(USERS) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let said = '';
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (/** @type {Buffer} */ chunk) => (said = (said + chunk.toString()).slice(-4000)));
  const over = new Promise((resolve) => server.once('exit', resolve));
  const end = async () => {
    // Puma waits for open websockets when it is asked to end.
    if (server.exitCode === null && server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
    await over;
  };
  const url = `http://127.0.0.1:${port}`;
  const limit = Date.now() + START_MS;
  while (Date.now() < limit && server.exitCode === null) {
    const answer = await fetch(`${url}/connections`).catch(() => null);
    if (answer?.ok) return { ready: { url }, end };
    await pause(100);
  }
  await end();
  throw new Error(`ActionCable did not start: ${said}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(startActionCable);

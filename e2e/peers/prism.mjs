import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { tieToThisProcess } from '../../scripts/setup/tied-process.mjs';
import { freePort } from './free-port.mjs';

const SPECS = fileURLToPath(new URL('specs/', import.meta.url));
const START_MS = 60_000;

/**
 * A mock of an API description: it refuses what the description does not allow, and answers with its examples. It keeps nothing.
 *
 * @param {string} description file in `specs/`, or anywhere by its whole path
 * @param {number} wantedPort 0 for any
 * @returns {Promise<{ ready: { url: string }, end: () => Promise<void> }>}
 */
export async function startPrism(description, wantedPort) {
  const port = wantedPort === 0 ? await freePort() : wantedPort;
  const program = fileURLToPath(import.meta.resolve('@stoplight/prism-cli/dist/index.js'));
  const file = path.resolve(SPECS, description);
  const args = [
    program,
    'mock',
    '-h',
    '127.0.0.1',
    '-p',
    String(port),
    '--errors',
    '--multiprocess',
    'false',
    file,
  ];
  const server = spawn(...tieToThisProcess(process.execPath, args, 'TERM'), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const over = new Promise((resolve) => server.once('exit', resolve));
  const end = async () => {
    server.kill('SIGTERM');
    await over;
  };
  const isUp = await new Promise((resolve) => {
    const late = setTimeout(() => resolve(false), START_MS);
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (/** @type {Buffer} */ chunk) => {
        said = (said + chunk.toString()).slice(-4000);
        if (!said.includes('Prism is listening')) return;
        clearTimeout(late);
        resolve(true);
      });
    server.once('exit', () => resolve(false));
  });
  if (isUp) return { ready: { url: `http://127.0.0.1:${port}` }, end };
  await end();
  throw new Error(`Prism did not start: ${said}`);
}

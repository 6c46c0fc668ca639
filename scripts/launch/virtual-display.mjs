import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SetupError } from '../setup/setup-error.mjs';
import { startProcessGroup } from './process-group.mjs';

/**
 * @typedef {object} VirtualDisplay
 * @property {{ DISPLAY: string, XAUTHORITY: string }} env what a program needs to draw on it
 * @property {() => Promise<void>} end
 */

/**
 * Starts an X server without a screen on a free display number, which only this user's programs may use.
 *
 * @param {{ width?: number, height?: number }} [size] pixels
 * @returns {Promise<VirtualDisplay>}
 */
export async function startVirtualDisplay({ width = 1440, height = 900 } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'cuecard-display-'));
  const authority = join(folder, 'authority');
  await writeFile(authority, authorityFile(randomBytes(16)), { mode: 0o600 });
  // With -displayfd the server picks the number itself and tells it when it is ready, so no two can race for one.
  const args = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset'];
  const server = startProcessGroup('Xvfb', [...args, '-auth', authority], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const end = async () => {
    await server.end({ graceMs: 3000 });
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const number = await displayNumber(server);
    return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * @param {import('./process-group.mjs').ProcessGroup} server
 * @returns {Promise<string>}
 */
function displayNumber({ child, ended }) {
  let complaints = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => (complaints = (complaints + text).slice(-2000)));
  const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
  return new Promise((resolve, reject) => {
    /** @param {string} why */
    const fail = (why) =>
      reject(
        new SetupError(
          'display',
          `The virtual display did not start: ${why}\n${complaints.trim()}`,
          'On Debian or Ubuntu: apt-get install -y xvfb. Or run on a machine with a display.',
        ),
      );
    const timer = setTimeout(() => fail('no answer within 20 s'), 20_000);
    let text = '';
    pipe.setEncoding('utf8').on('data', (part) => {
      text += part;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve(text.trim());
    });
    void ended.then((code) => {
      clearTimeout(timer);
      fail(`it ended with code ${code}`);
    });
  });
}

/**
 * One MIT-MAGIC-COOKIE-1 entry for every display (family 65535), in the format of Xau(3).
 * @param {Buffer} cookie 16 bytes
 */
function authorityFile(cookie) {
  /** @param {string | Buffer} value */
  const field = (value) => {
    const bytes = Buffer.from(value);
    return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
  };
  return Buffer.concat([
    Buffer.from([0xff, 0xff]),
    field(''),
    field(''),
    field('MIT-MAGIC-COOKIE-1'),
    field(cookie),
  ]);
}

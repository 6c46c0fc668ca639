import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

import { runNpm } from '../../scripts/setup/run-process.mjs';
import { PeerUnavailable } from './debian-packages.mjs';

const FETCH_MS = 120_000;
const TAR_BLOCK = 512;

/**
 * Files of one package, which is fetched and not installed: what it depends on is not needed, and nothing of it runs.
 *
 * @param {string} name with its exact version
 * @param {string} integrity of the package, as the registry writes it
 * @param {(file: string) => boolean} isWanted by its path in the package
 * @returns {Promise<Map<string, Buffer>>} by path
 * @throws {PeerUnavailable} when the registry npm is configured with cannot be reached. What is not the very package that was looked at is an
 *   error, and not skipped.
 */
export async function filesOfPackage(name, integrity, isWanted) {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'cuecard-package-'));
  try {
    const args = ['pack', name, '--pack-destination', dir, '--ignore-scripts', '--fetch-retries=1'];
    const { code, output } = await runNpm([...args, '--loglevel=error'], { cwd: dir, timeoutMs: FETCH_MS });
    const packed = (await readdir(dir)).find((file) => file.endsWith('.tgz'));
    if (code !== 0 || !packed) {
      const why = output.trim().split('\n').slice(0, 3).join(' ');
      throw new PeerUnavailable(`could not fetch ${name}: ${why || 'no answer in time'}`);
    }
    const bytes = await readFile(path.join(dir, packed));
    const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
    if (found !== integrity) throw new Error(`${name} is not what it was: ${found}.`);
    return filesOfTar(gunzipSync(bytes), isWanted);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * Of each file a block of header (name at 0, size in octal at 124, what goes before the name at 345), then its bytes, filled up to a whole block.
 *
 * @param {Buffer} tar
 * @param {(file: string) => boolean} isWanted
 */
function filesOfTar(tar, isWanted) {
  const files = new Map();
  const text = (/** @type {number} */ from, /** @type {number} */ length) =>
    tar.toString('latin1', from, from + length).split('\0')[0] ?? '';
  for (let at = 0; at + TAR_BLOCK <= tar.length;) {
    const [before, name] = [text(at + 345, 155), text(at, 100)];
    const file = (before ? `${before}/${name}` : name).replace(/^package\//, '');
    const size = Number.parseInt(text(at + 124, 12), 8) || 0;
    const from = at + TAR_BLOCK;
    if (isWanted(file)) files.set(file, tar.subarray(from, from + size));
    at = from + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  return files;
}

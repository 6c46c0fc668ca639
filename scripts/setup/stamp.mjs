import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

/**
 * A stamp is a small JSON file written as the last act of a step. Without it the step's result is not trusted.
 *
 * @param {string} file
 * @returns {Promise<Record<string, unknown> | undefined>} undefined when missing or unreadable
 */
export async function readStamp(file) {
  try {
    const value = JSON.parse(await readFile(file, 'utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a stamp in one move, so that a killed process leaves none rather than half of one.
 * @param {string} file
 * @param {Record<string, unknown>} value
 */
export async function writeStamp(file, value) {
  await mkdir(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  await writeFile(draft, `${JSON.stringify(value, null, 2)}\n`);
  await rename(draft, file);
}

/**
 * Hash of a file, streamed.
 * @param {string} file
 * @param {'sha256' | 'sha512'} [algorithm]
 * @param {'hex' | 'base64'} [encoding]
 */
export async function hashFile(file, algorithm = 'sha256', encoding = 'hex') {
  const hash = createHash(algorithm);
  await pipeline(createReadStream(file), hash);
  return hash.digest(encoding);
}

/**
 * One hash over the names and contents of files and folders. A path that does not exist counts as absent.
 *
 * @param {string} root paths are hashed relative to it, so that the folder a clone lives in does not matter
 * @param {readonly string[]} paths relative to `root`
 * @param {(path: string) => boolean} [accept] receives the path relative to `root`, with forward slashes
 */
export async function hashTree(root, paths, accept = () => true) {
  const files = (await Promise.all(paths.map((path) => listFiles(join(root, path))))).flat();
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    const name = relative(root, file).replaceAll('\\', '/');
    if (!accept(name)) continue;
    const content = await readFile(file);
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} path
 * @returns {Promise<string[]>}
 */
async function listFiles(path) {
  const info = await stat(path).catch(() => undefined);
  if (!info) return [];
  if (info.isFile()) return [path];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/**
 * @param {string} path
 * @returns {Promise<boolean>}
 */
export async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}

import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of this clone: the folder that holds package.json. */
export const repoRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Everything the set-up makes inside the clone; safe to delete at any time. */
export const buildDir = join(repoRoot, 'build');

/**
 * Folder outside the clone for what several clones share (the Electron runtime).
 *
 * `CUECARD_CACHE` wins; otherwise the cache folder the operating system offers to applications.
 * @returns {string}
 */
export function cacheDir() {
  const { CUECARD_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (CUECARD_CACHE) return CUECARD_CACHE;
  if (process.platform === 'win32') {
    return join(LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'cuecard', 'cache');
  }
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'cuecard');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'cuecard');
}

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Its time says until when the bundle of the command line was known to be that of its sources. */
const STAMP = 'build/stamps/main-process-engine-command-line.json';
/** What it is bundled from. */
const SOURCES = ['electron', 'hub', 'release', 'shared'];

/**
 * Finds a source that was changed after the command line was bundled. Quick enough to look at every start (file times, no contents): a
 * source that was touched and says the same counts as changed, until `npm run build` has looked at it.
 *
 * @param {string} root of the clone
 * @returns {string | null} its path, the newest of all; null also where nothing says when it was bundled
 */
export function newerSource(root) {
  const stamp = statSync(join(root, STAMP), { throwIfNoEntry: false });
  if (!stamp) return null;
  let newest = stamp.mtimeMs;
  let found = null;
  for (const folder of SOURCES)
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !isBundled(entry.name)) continue;
      const file = join(entry.parentPath, entry.name);
      const { mtimeMs } = statSync(file);
      if (mtimeMs <= newest) continue;
      newest = mtimeMs;
      found = file;
    }
  return found;
}

/** @param {string} name */
const isBundled = (name) =>
  /\.tsx?$/.test(name) && !/\.(test|conformance)\.tsx?$|-for-tests\.tsx?$/.test(name);

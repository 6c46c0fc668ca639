import { copyFile, link, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { constants } from 'node:fs';
import { join } from 'node:path';

import { buildDir, repoRoot } from './locations.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const overlayDir = join(buildDir, 'electron-dist');
const stampFile = join(overlayDir, '.cuecard-overlay.json');

/**
 * A view of a shared Electron distribution that belongs to this clone alone.
 *
 * A distribution without `default_app.asar` runs only what lies at `resources/app`. That place is in the shared
 * folder, so each clone gets its own folder of hard links (no space, some milliseconds) with its own link to itself.
 *
 * @param {string} dist
 * @returns {Promise<string>} folder whose `electron` starts this clone
 */
export async function ensureOverlay(dist) {
  const origin = (await readStamp(join(dist, '.cuecard-runtime.json')))?.['preparedAt'] ?? '';
  const stamp = await readStamp(stampFile);
  if (stamp?.['dist'] === dist && stamp['origin'] === origin && stamp['app'] === repoRoot) return overlayDir;
  await rm(overlayDir, { recursive: true, force: true });
  await mirror(dist, overlayDir);
  await mkdir(join(overlayDir, 'resources'), { recursive: true });
  await rm(join(overlayDir, 'resources', 'app'), { recursive: true, force: true });
  await symlink(repoRoot, join(overlayDir, 'resources', 'app'), 'junction');
  await writeStamp(stampFile, { dist, origin, app: repoRoot });
  return overlayDir;
}

/**
 * @param {string} from
 * @param {string} to
 */
async function mirror(from, to) {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await mirror(source, target);
    // On another disk there are no hard links; a symbolic one would not do, as Electron looks beside its real file.
    else await link(source, target).catch(() => copyFile(source, target, constants.COPYFILE_FICLONE));
  }
}

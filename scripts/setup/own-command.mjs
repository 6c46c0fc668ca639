import { lstat, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';

import { repoRoot } from './locations.mjs';

/**
 * Puts `cuecard` beside the commands of the packages, where `npx` looks first.
 *
 * Without it `npx cuecard` finds the command all the same, by installing this folder into npm's own cache at every call,
 * which takes longer than the answer. On Windows a link does not do, and that slower way stays.
 */
export async function linkOwnCommand() {
  if (process.platform === 'win32') return;
  const folder = join(repoRoot, 'node_modules', '.bin');
  const link = join(folder, 'cuecard');
  const isThere = await lstat(link).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await mkdir(folder, { recursive: true });
  await symlink(join('..', '..', 'bin', 'cuecard.mjs'), link).catch((error) => {
    // Another start made it in the meantime; a read-only folder only costs the time.
    if (!['EEXIST', 'EACCES', 'EROFS'].includes(error.code)) throw error;
  });
}

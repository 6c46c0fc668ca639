import fs from 'node:fs';
import path from 'node:path';

import { BESIDE_A_DATABASE, syncFolder } from './encrypt-database.js';

/** Folder of a workspace for what could not be read and is not deleted. */
const SET_ASIDE_FOLDER = 'set-aside';

/** Null where nothing was put aside. */
export function asideFolder(workspaceDir: string): string | null {
  const folder = path.join(workspaceDir, SET_ASIDE_FOLDER);
  return fs.existsSync(folder) && fs.readdirSync(folder).length > 0 ? folder : null;
}

const EXPLANATION = `Cuecard could not read these files and put them here, unchanged. It began anew without them.

They are encrypted with a key that the keychain of this computer gave out before (helpdesk-key, here or in the folder
of the workspace, is that key as the keychain sealed it), or they are damaged. The key is gone when the keychain was
reset, or when the folder was copied from another computer or another user. It may also have been locked for a moment.

To use them again: quit Cuecard and unlock the keychain (or go back to the computer and user they come from). In the
folder of the workspace, move away every file whose name begins like one of these, with all endings: for desk.db also
desk.db-wal and desk.db-shm, even if there is no file with that ending here; helpdesk-key only if there is one here.
Then move these files there, and start Cuecard.

If you do not need them any more, delete this folder.
`;

/** Written last: a folder without it was not finished. */
const READ_ME = 'READ-ME.txt';

/** Each of the folders that were finished, oldest first. */
export function foldersAside(workspaceDir: string): string[] {
  const parent = asideFolder(workspaceDir);
  if (parent === null) return [];
  return fs
    .readdirSync(parent)
    .sort()
    .map((name) => path.join(parent, name))
    .filter((folder) => fs.existsSync(path.join(folder, READ_ME)));
}

/**
 * Moves databases, with what SQLite keeps beside them, and other files into a new folder below the workspace. Nothing of them is opened,
 * changed or deleted. What a kill interrupts is taken back by {@link undoUnfinished} at the next start.
 * @returns the folder.
 * @throws what the file system throws.
 */
export function setAside(workspaceDir: string, files: readonly string[], now: Date): string {
  const folder = newFolder(path.join(workspaceDir, SET_ASIDE_FOLDER), now);
  for (const file of files)
    for (const rest of ['', ...BESIDE_A_DATABASE])
      if (fs.existsSync(`${file}${rest}`))
        fs.renameSync(`${file}${rest}`, path.join(folder, path.basename(file) + rest));
  fs.writeFileSync(path.join(folder, READ_ME), EXPLANATION, { flush: true });
  for (const dir of [folder, path.dirname(folder), workspaceDir]) syncFolder(dir);
  return folder;
}

/**
 * Moves back what a killed {@link setAside} had moved, so that a database and its log of writes are together again. To be called before anything
 * of the workspace is opened. @throws what the file system throws.
 */
export function undoUnfinished(workspaceDir: string): void {
  const parent = path.join(workspaceDir, SET_ASIDE_FOLDER);
  if (!fs.existsSync(parent)) return;
  for (const name of fs.readdirSync(parent)) {
    const folder = path.join(parent, name);
    if (!fs.statSync(folder).isDirectory() || fs.existsSync(path.join(folder, READ_ME))) continue;
    for (const file of fs.readdirSync(folder)) {
      const back = path.join(workspaceDir, file);
      if (!fs.existsSync(back)) fs.renameSync(path.join(folder, file), back);
    }
    if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
  }
}

function newFolder(parent: string, now: Date): string {
  fs.mkdirSync(parent, { recursive: true, mode: 0o700 });
  const name = now.toISOString().slice(0, 19).replaceAll(':', '-');
  for (let attempt = 1; ; attempt++) {
    const folder = path.join(parent, attempt === 1 ? name : `${name}-${String(attempt)}`);
    if (fs.mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) return folder;
  }
}

import { mkdirSync } from 'node:fs';
import Libsql from 'libsql';

import { AppErrorException } from '../../shared/errors/app-error.js';

/**
 * Keeps a second process out of a folder. PGlite has no lock of its own, and two of them in one folder destroy it. The lock is that of
 * an SQLite file beside the folder: the system drops it with the process, however that ends.
 * @returns how to let go.
 * @throws AppErrorException HUB_FOLDER_TAKEN; HUB_STORE_UNAVAILABLE when the folder cannot be made.
 */
export function lockFolder(folder: string): () => void {
  let file: Libsql.Database | null = null;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    file = new Libsql(`${folder}.lock`);
    file.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    const held = file;
    return () => held.close();
  } catch (cause) {
    file?.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    if (/locked|busy/i.test(reason)) throw new AppErrorException('HUB_FOLDER_TAKEN', folder, { cause });
    throw new AppErrorException('HUB_STORE_UNAVAILABLE', `${folder}: ${reason}`, { cause });
  }
}

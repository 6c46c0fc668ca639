import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { AppErrorException } from '../../shared/errors/app-error.js';

/**
 * Makes the folder and tries whether it can be written. Asked also where the lock of the running app was refused: where that cannot be made, Electron
 * says that the app runs already, and nobody would see why there is no window.
 * @returns WORKSPACE_NOT_WRITABLE with the system's reason, or null.
 */
export function whyNotWritable(dir: string): AppErrorException | null {
  const probe = path.join(dir, `.writable-${String(process.pid)}`);
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    try {
      // Not empty: a full disk takes names without contents.
      writeFileSync(probe, 'Cuecard');
    } finally {
      rmSync(probe, { force: true });
    }
    return null;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new AppErrorException('WORKSPACE_NOT_WRITABLE', reason, { cause });
  }
}

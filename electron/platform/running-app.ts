import { existsSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/**
 * Whether another process of the app has its data folder, by what Chromium leaves there: a link to HOST-PID, and on Windows a file that is gone with
 * its process. Read only, so it tells also where nothing can be written.
 */
export function isAppRunning(dir: string): boolean {
  if (process.platform === 'win32') return existsSync(path.join(dir, 'lockfile'));
  let holder: string;
  try {
    holder = readlinkSync(path.join(dir, 'SingletonLock'));
  } catch {
    return false;
  }
  const pid = Number(/-(\d+)$/u.exec(holder)?.[1]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    // Sends nothing: it asks whether the process is there.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

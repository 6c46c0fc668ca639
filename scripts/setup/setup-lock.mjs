import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { watchForInterruption } from '../launch/interruption.mjs';
import { buildDir } from './locations.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * Runs `work` while no other process sets up the same clone. Two `npm start` at once would otherwise
 * empty node_modules under each other. The lock of a process that is gone is taken over.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @param {{ say: (text: string) => void, timeoutMs?: number, file?: string }} options `timeoutMs`: how long to wait for another
 * @returns {Promise<T>}
 */
export async function withSetupLock(
  work,
  { say, timeoutMs = 15 * 60_000, file = join(buildDir, '.setup-lock') },
) {
  await mkdir(dirname(file), { recursive: true });
  const deadline = Date.now() + timeoutMs;
  for (let waited = false; ; waited = true) {
    const holder = await takeLock(file);
    if (holder === undefined) break;
    if (!waited) say(`  …  another set-up of this folder is running (process ${holder}); waiting for it`);
    if (Date.now() > deadline) {
      throw new SetupError(
        'lock',
        `Process ${holder} has held the set-up lock for ${Math.round(timeoutMs / 60_000)} minutes.`,
        `End it, or delete ${file} if it is not a Cuecard set-up.`,
      );
    }
    await delay(500);
  }
  // Whatever a step was doing, the next set-up repairs.
  const stopWatching = watchForInterruption((exitCode) => process.exit(exitCode));
  try {
    return await work();
  } finally {
    stopWatching();
    await rm(file, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {Promise<number | undefined>} the process that holds the lock, or undefined when it is ours now
 */
async function takeLock(file) {
  // A hard link appears at once and complete: no other process ever sees a lock without its owner's id.
  const claim = `${file}.${process.pid}`;
  await writeFile(claim, String(process.pid));
  try {
    await link(claim, file);
    return undefined;
  } catch {
    const holder = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
    if (isRunning(holder)) return holder;
    await rm(file, { force: true });
  } finally {
    await rm(claim, { force: true });
  }
  return takeLock(file);
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
export function isRunning(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

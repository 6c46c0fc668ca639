import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { chooseStart } from './choose-start.js';
import { isAppRunning } from './running-app.js';
import * as writable from './writable-home.js';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'choose-start-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(dir, { recursive: true, force: true });
});

const lockOf = (pid: number) => symlink(`${os.hostname()}-${String(pid)}`, path.join(dir, 'SingletonLock'));
/** A disk that is full: the folder and the lock in it are there, and nothing more comes in. */
const fillDisk = () =>
  vi
    .spyOn(writable, 'whyNotWritable')
    .mockReturnValue(new AppErrorException('WORKSPACE_NOT_WRITABLE', 'ENOSPC'));

// Catches: a link that is lost with "cannot start" where the disk is full while the app is up.
it.skipIf(process.platform === 'win32')('leaves to the app that runs, also on a full disk', async () => {
  await lockOf(process.pid);
  fillDisk();
  const askForLock = vi.fn(() => false);
  expect(chooseStart(dir, askForLock)).toBe('leave');
  expect(askForLock).toHaveBeenCalledOnce();
});

// Catches: "already running" where nothing runs and nothing can be written, by the lock of a process that is long gone, too.
it('says why it cannot be written where nothing runs', async () => {
  const taken = path.join(dir, 'file');
  await writeFile(taken, '');
  for (const hasLock of [false, true])
    expect(chooseStart(path.join(taken, 'home'), () => hasLock)).toMatchObject({
      error: { code: 'WORKSPACE_NOT_WRITABLE' },
    });
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  await lockOf(gone.pid ?? 0);
  fillDisk();
  expect(chooseStart(dir, () => false)).toBeInstanceOf(AppErrorException);
});

it('runs by the lock alone, and leaves where that is refused', () => {
  expect([chooseStart(dir, () => true), chooseStart(dir, () => false)]).toEqual(['run', 'leave']);
});

// Catches: a file of another kind that is taken for the lock of a process.
it('reads no process where there is none', async () => {
  expect(isAppRunning(dir)).toBe(false);
  await mkdir(path.join(dir, 'SingletonLock'));
  expect(isAppRunning(dir)).toBe(false);
  await rm(path.join(dir, 'SingletonLock'), { recursive: true });
  await symlink('elsewhere', path.join(dir, 'SingletonLock'));
  expect(isAppRunning(dir)).toBe(false);
});

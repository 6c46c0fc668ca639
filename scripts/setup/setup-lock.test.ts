import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { withSetupLock } from './setup-lock.mjs';

describe('the set-up lock', () => {
  let folder: string;
  let file: string;
  const quiet = () => undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cuecard-lock-'));
    file = join(folder, '.setup-lock');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('lets one set-up work at a time', async () => {
    // Bug: two `npm start` in one folder empty node_modules under each other.
    const order: string[] = [];
    const work = (name: string) => async () => {
      order.push(`${name} begins`);
      await delay(50);
      order.push(`${name} ends`);
    };
    await Promise.all([
      withSetupLock(work('a'), { say: quiet, file }),
      withSetupLock(work('b'), { say: quiet, file }),
    ]);
    const first = order[0]?.[0] ?? '';
    const second = first === 'a' ? 'b' : 'a';
    expect(order).toEqual([`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`]);
    expect(existsSync(file)).toBe(false);
  });

  it('takes over the lock of a process that is gone', async () => {
    // Bug: after a power cut every start would wait for a process that no longer exists.
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(file, String(pid));
    expect(await withSetupLock(() => Promise.resolve('done'), { say: quiet, file })).toBe('done');
  });

  it('says who holds it when that takes too long', async () => {
    await writeFile(file, String(process.ppid));
    const waiting = withSetupLock(() => Promise.resolve(), { say: quiet, file, timeoutMs: 100 });
    await expect(waiting).rejects.toMatchObject({ step: 'lock', exitCode: 9 });
  });
});

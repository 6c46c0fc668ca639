import { describe, expect, it } from 'vitest';

import { startProcessGroup } from './process-group.mjs';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** Starts a Node program that starts a second one, and gives the ids of both. */
async function startFamily(parentCode: string) {
  const child =
    "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])";
  const group = startProcessGroup(process.execPath, ['-e', `${parentCode}; console.log(${child}.pid)`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const grandchild = await new Promise<number>((resolve) => {
    group.child.stdout?.on('data', (text: Buffer) => resolve(Number(text.toString())));
  });
  return { group, grandchild };
}

describe.skipIf(process.platform === 'win32')('a process group', () => {
  it('ends with its children, also those its first process forgot', async () => {
    // Bug: Chromium's helpers outlive the app after Ctrl-C.
    const { group, grandchild } = await startFamily("process.on('SIGTERM', () => process.exit(0))");
    await group.end();
    expect(await group.ended).toBe(0);
    expect(isAlive(grandchild)).toBe(false);
  });

  it('is ended by force when it does not listen', async () => {
    // Bug: an app that hangs keeps the terminal.
    const { group, grandchild } = await startFamily(
      "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)",
    );
    await group.end({ graceMs: 200 });
    expect(await group.ended).toBe(128 + 9);
    expect(isAlive(grandchild)).toBe(false);
  });

  it('passes the exit code on and says when a program is missing', async () => {
    expect(await startProcessGroup(process.execPath, ['-e', 'process.exit(7)']).ended).toBe(7);
    expect(await startProcessGroup('/no/such/program', [], { stdio: 'ignore' }).ended).toBe(127);
  });
});

import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

import { runProcess } from '../setup/run-process.mjs';
import { tieToThisProcess } from '../setup/tied-process.mjs';
import { exitCodeOf } from './interruption.mjs';

/**
 * @typedef {object} ProcessGroup
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<number>} ended exit code of the first process; 128 + signal number when a signal ended it
 * @property {(options?: { graceMs?: number }) => Promise<void>} end ends the process and all its children: politely
 *   first, by force after `graceMs`; resolves when none is left
 */

/**
 * Starts a program with all its future children as one group that can be ended as a whole.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, shell?: boolean, stdio?: import('node:child_process').StdioOptions }} [options]
 * @returns {ProcessGroup}
 */
export function startProcessGroup(command, args, { env, shell = false, stdio = 'inherit' } = {}) {
  const isWindows = process.platform === 'win32';
  const [program, programArgs] = tieToThisProcess(command, args, 'TERM');
  // A group of its own also keeps Ctrl-C in the terminal from reaching Chromium's helpers one by one.
  const child = spawn(program, programArgs, { env: env ?? process.env, shell, stdio, detached: !isWindows });
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(code ?? exitCodeOf(signal)));
  });
  return {
    child,
    ended: /** @type {Promise<number>} */ (ended),
    async end({ graceMs = 5000 } = {}) {
      if (child.pid === undefined) return;
      if (isWindows) {
        await runProcess('taskkill', ['/pid', String(child.pid), '/t', '/f']);
        return;
      }
      // The first process is asked alone: it ends its helpers in good order and can finish what it is writing.
      child.kill('SIGTERM');
      await Promise.race([ended, delay(graceMs, undefined, { ref: false })]);
      if (await isEmptyWithin(child.pid, 500)) return;
      for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
        signalGroup(child.pid, signal);
        if (await isEmptyWithin(child.pid, 2000)) return;
      }
    },
  };
}

/**
 * @param {number} groupId
 * @param {number} timeLimitMs
 * @returns {Promise<boolean>}
 */
async function isEmptyWithin(groupId, timeLimitMs) {
  for (const deadline = Date.now() + timeLimitMs; Date.now() < deadline; await delay(25)) {
    if (!signalGroup(groupId, 0)) return true;
  }
  return false;
}

/**
 * @param {number} groupId
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} false when no process of the group is left
 */
function signalGroup(groupId, signal) {
  try {
    process.kill(-groupId, signal);
    return true;
  } catch {
    return false;
  }
}

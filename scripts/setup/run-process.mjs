import { spawn } from 'node:child_process';

import { tieToThisProcess } from './tied-process.mjs';

const isWindows = process.platform === 'win32';
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach(killWithChildren));

/**
 * @typedef {object} ProcessResult
 * @property {number} code exit code; 127 when the program does not exist, 128 when a signal ended it
 * @property {string} stdout
 * @property {string} stderr
 * @property {string} output both streams in the order they came, at most the last 200 kB
 */

/**
 * @typedef {object} ProcessOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] added to this process's own
 * @property {number} [timeoutMs]
 * @property {boolean} [shell]
 * @property {boolean} [mayOutlive] lets the program finish although this process ends: for one that must not be cut off
 */

/**
 * Runs a program to its end and collects what it prints. Never throws: a missing program is code 127.
 * When this process exits first, the program is ended.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {ProcessOptions} [options]
 * @returns {Promise<ProcessResult>}
 */
export function runProcess(command, args, { cwd, env, timeoutMs, shell = false, mayOutlive = false } = {}) {
  return new Promise((resolve) => {
    const [program, programArgs] = mayOutlive ? [command, args] : tieToThisProcess(command, args, 'KILL');
    const child = spawn(program, programArgs, {
      cwd,
      shell,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      windowsHide: true,
      // A group of its own can be ended as a whole, and Ctrl-C in the terminal leaves it to us.
      detached: !isWindows,
    });
    if (!mayOutlive) running.add(child);
    let stdout = '';
    let stderr = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output = (output + text).slice(-200_000);
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
      output = (output + text).slice(-200_000);
    });
    child.on('error', (error) => {
      running.delete(child);
      resolve({ code: 127, stdout, stderr, output: `${output}${error.message}` });
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 128, stdout, stderr, output });
    });
  });
}

/**
 * Runs npm the way the user runs it, so that their registry, proxy and certificates apply.
 *
 * @param {readonly string[]} args
 * @param {ProcessOptions} [options]
 */
export function runNpm(args, options) {
  const cli = process.env['npm_execpath'];
  // Under pnpm or yarn npm_execpath is another program; npm itself is then found on the PATH.
  if (cli && /npm-cli\.c?js$/.test(cli)) return runProcess(process.execPath, [cli, ...args], options);
  return runProcess(isWindows ? 'npm.cmd' : 'npm', args, { ...options, shell: isWindows });
}

/**
 * The last lines of a program's output: enough to see why it failed.
 * @param {string} output
 * @param {number} [lines]
 */
export function lastLines(output, lines = 12) {
  return output.trim().split('\n').slice(-lines).join('\n');
}

/** @param {import('node:child_process').ChildProcess} child */
function killWithChildren(child) {
  if (child.pid === undefined) return;
  try {
    if (isWindows) child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}

import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { startVirtualDisplay } from '../../scripts/launch/virtual-display.mjs';
import { runProcess } from '../../scripts/setup/run-process.mjs';
import { tieToThisProcess } from '../../scripts/setup/tied-process.mjs';
import { ensureDebianPackages, PeerUnavailable } from './debian-packages.mjs';
import { runPeer } from './peer-command.mjs';

const START_MS = 20_000;

/**
 * A screen of its own with another program on it: a terminal that has the keyboard, under a window manager, so that windows come forward as on a
 * desk; and `xdotool`, which presses keys as a keyboard does. Keyboard and clipboard are one a screen: on a shared one, tests that run beside
 * this one would have them, too.
 *
 * @returns {Promise<{ ready: { window: string, display: { DISPLAY: string, XAUTHORITY: string } }, end: () => Promise<void> }>} `window` as X numbers it
 */
async function startOtherProgram() {
  if (process.platform !== 'linux')
    throw new PeerUnavailable('needs an X display, which this system has not.');
  await ensureDebianPackages(['xvfb', 'xdotool', 'xterm', 'openbox']);
  const screen = await startVirtualDisplay();
  Object.assign(process.env, screen.env);
  const started = [start('openbox', []), start('xterm', ['-T', 'Other program', '-geometry', '60x12+40+40'])];
  const end = async () => {
    for (const { child, over } of started.toReversed()) {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await over;
    }
    await screen.end();
  };
  for (const limit = Date.now() + START_MS; Date.now() < limit; await pause(200)) {
    const { code, stdout } = await runProcess('xdotool', ['search', '--name', '^Other program$']);
    const window = stdout.trim().split('\n')[0] ?? '';
    if (code === 0 && window !== '') return { ready: { window, display: screen.env }, end };
  }
  await end();
  throw new Error('The other program opened no window.');
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function start(command, args) {
  const child = spawn(...tieToThisProcess(command, args, 'TERM'), { stdio: 'ignore' });
  return { child, over: new Promise((resolve) => child.once('exit', resolve)) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(startOtherProgram);

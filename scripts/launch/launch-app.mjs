import { createInterface } from 'node:readline';

import { hasDisplay } from '../setup/system-libraries.mjs';
import { watchForInterruption } from './interruption.mjs';
import { startProcessGroup } from './process-group.mjs';
import { sandboxArguments } from './sandbox.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

/**
 * Runs the app until it ends or this process is asked to. Afterwards no process of it is left.
 *
 * Without a display it draws on a virtual one and is told to print each card (`CUECARD_MIRROR_CARDS=1`).
 *
 * @param {import('../setup/electron-runtime.mjs').ElectronRuntime} runtime
 * @param {{ args: readonly string[], env: Record<string, string>, say: (text: string) => void }} options
 * @returns {Promise<number>} the app's exit code, or 128 + signal number
 */
export async function launchApp(runtime, { args, env, say }) {
  /** @type {() => void} */
  let stopWatching = () => {};
  /** @type {Promise<number>} */
  const interrupted = new Promise((resolve) => (stopWatching = watchForInterruption(resolve)));
  const display = hasDisplay() ? undefined : await startVirtualDisplay();
  try {
    if (display)
      say(`     no display here: the app runs on a virtual one (${display.env.DISPLAY}); Ctrl-C ends it`);
    const sandbox = await sandboxArguments(runtime.executablePath);
    if (sandbox.note) say(`     ${sandbox.note}`);
    const app = startProcessGroup(runtime.executablePath, [...runtime.appArgs, ...sandbox.args, ...args], {
      env: { ...process.env, ...env, ...display?.env, ...(display && { CUECARD_MIRROR_CARDS: '1' }) },
      stdio: ['inherit', 'inherit', display ? 'pipe' : 'inherit'],
    });
    if (display) printWithoutChromiumNoise(app.child.stderr);
    const exitCode = await Promise.race([app.ended, interrupted]);
    await app.end();
    return exitCode;
  } finally {
    await display?.end();
    stopWatching();
  }
}

/**
 * Without a desktop Chromium complains on each start about the message bus and the graphics card it does not need.
 * Everything else, fatal errors of Chromium included, is passed on.
 *
 * @param {import('node:stream').Readable | null} errors
 */
function printWithoutChromiumNoise(errors) {
  if (!errors) return;
  createInterface({ input: errors }).on('line', (line) => {
    if (!/^\[\d+:\d+\/[\d.]+:(ERROR|WARNING):\w+\.cc\(\d+\)\]/.test(line)) process.stderr.write(`${line}\n`);
  });
}

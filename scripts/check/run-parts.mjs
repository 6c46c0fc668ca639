import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { packageApp } from '../package/package-app.mjs';
import { watchForInterruption } from '../launch/interruption.mjs';
import { startProcessGroup } from '../launch/process-group.mjs';
import { repoRoot } from '../setup/locations.mjs';
import { countTests } from './count-tests.mjs';

/**
 * @typedef {import('./parts.mjs').Part} Part
 * @typedef {{ name: string, seconds: number } & import('./count-tests.mjs').Counts} PartResult
 */

/**
 * Runs parts one after the other, all of them even when one fails. What they print goes straight through.
 *
 * @param {readonly Part[]} parts
 * @param {(text: string) => void} say
 * @returns {Promise<PartResult[]>}
 */
export async function runParts(parts, say) {
  const results = [];
  /** @type {{ group?: import('../launch/process-group.mjs').ProcessGroup }} */
  const running = {};
  const stopWatching = watchForInterruption((exitCode) => {
    void Promise.resolve(running.group?.end()).then(() => process.exit(exitCode));
  });
  for (const part of parts) {
    say(`\n--- ${part.name} ---`);
    const startedAt = Date.now();
    const exitCode = await runPart(part, running, say);
    const counts = await countTests(part.report, exitCode);
    const seconds = (Date.now() - startedAt) / 1000;
    say(`--- ${part.name}: ${counts.failed === 0 ? 'passed' : 'FAILED'} (${seconds.toFixed(1)} s) ---`);
    results.push({ name: part.name, seconds, ...counts });
  }
  stopWatching();
  return results;
}

/**
 * @param {Part} part
 * @param {{ group?: import('../launch/process-group.mjs').ProcessGroup }} running told what to end on Ctrl-C
 * @param {(text: string) => void} say
 * @returns {Promise<number>} exit code
 */
async function runPart({ command: [program = '', ...args], report, env, needsPackage }, running, say) {
  /** @type {Record<string, string>} */
  const packaged = {};
  if (report) {
    // An old report must not speak for a run that crashed.
    await rm(report.file, { force: true });
    await mkdir(dirname(report.file), { recursive: true });
  }
  if (needsPackage) {
    const app = await packageApp(say);
    if ('problem' in app) {
      say(app.problem);
      return 1;
    }
    packaged['CUECARD_PACKAGED_APP'] = app.executablePath;
  }
  const isWindows = process.platform === 'win32';
  const file = join(repoRoot, 'node_modules', '.bin', isWindows ? `${program}.cmd` : program);
  const group = startProcessGroup(file, args, {
    env: { ...process.env, ...env, ...packaged },
    shell: isWindows,
  });
  running.group = group;
  const code = await group.ended;
  // A tool that failed must not leave an app or a browser behind.
  await group.end();
  return code;
}

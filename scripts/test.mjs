import { parts } from './check/parts.mjs';
import { runParts } from './check/run-parts.mjs';
import { createProgress } from './setup/progress.mjs';
import { setUpApp } from './setup/set-up.mjs';
import { reportSetupFailure } from './setup/setup-error.mjs';

/*
 * `npm test` and `npm run check`: sets up whatever is missing, then runs every part, or those named as arguments.
 * The last line is `N passed, N failed`; exit code 1 when any failed, 9 to 17 when the set-up did (see start.mjs).
 */
const say = (/** @type {string} */ text) => void process.stdout.write(`${text}\n`);
process.exitCode = await main(process.argv.slice(2));

/**
 * @param {string[]} names
 * @returns {Promise<number>} exit code
 */
async function main(names) {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    say(`Unknown part: ${unknown.join(', ')}. There are: ${parts.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  try {
    // Tests always run on a virtual display where there is one, so that no window jumps at the person who runs them.
    await setUpApp(createProgress({ quietWhenFast: true }), { headless: process.platform === 'linux' });
  } catch (error) {
    return reportSetupFailure(error);
  }
  const results = await runParts(
    parts.filter(({ name }) => names.length === 0 || names.includes(name)),
    say,
  );
  say('');
  for (const { name, passed, failed, skipped, seconds } of results) {
    const left = skipped > 0 ? `, ${skipped} skipped` : '';
    say(`${name.padEnd(12)} ${passed} passed, ${failed} failed${left}  (${seconds.toFixed(1)} s)`);
  }
  const sum = (/** @type {'passed' | 'failed'} */ key) =>
    results.reduce((total, result) => total + result[key], 0);
  say(`${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 ? 1 : 0;
}

import { join } from 'node:path';

import { buildDir } from '../setup/locations.mjs';

/** Where the tools that count tests write what they counted. */
export const resultsDir = join(buildDir, 'test-results');

/**
 * One part of `npm run check`, runnable alone as `npm run <name>`.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} command an npm package's program and its arguments
 * @property {{ format: 'vitest' | 'playwright', file: string }} [report] absent: the part counts as one test
 * @property {Record<string, string>} [env]
 * @property {boolean} [needsPackage] the packaged app is built first
 */

/** @type {readonly Part[]} */
export const parts = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['eslint', '.', '--max-warnings', '0', '--concurrency', '2'] },
  { name: 'types', command: ['tsc', '-b'] },
  {
    name: 'boundaries',
    command: [
      ...['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
      ...['electron', 'extension', 'hub', 'release', 'renderer', 'shared', 'scripts', 'e2e'],
    ],
  },
  { name: 'dead-code', command: ['knip', '--no-progress'] },
  withReport({ name: 'unit', command: ['vitest', 'run'] }, 'vitest'),
  withReport({ name: 'e2e', command: ['playwright', 'test', '--grep-invert', '@packaged'] }, 'playwright'),
  withReport(
    { name: 'packaged', command: ['playwright', 'test', '--grep', '@packaged'], needsPackage: true },
    'playwright',
  ),
];

/**
 * @param {Part} part
 * @param {'vitest' | 'playwright'} format
 * @returns {Part}
 */
function withReport({ command, ...part }, format) {
  const file = join(resultsDir, `${part.name}.json`);
  if (format === 'vitest') {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    return { ...part, command: [...command, ...reporters], report: { format, file } };
  }
  return {
    ...part,
    command: [...command, '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    report: { format, file },
  };
}

import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';

import { buildDir, repoRoot } from '../setup/locations.mjs';
import { lastLines, runProcess } from '../setup/run-process.mjs';
import { SetupError } from '../setup/setup-error.mjs';
import { exists, hashTree, readStamp, writeStamp } from '../setup/stamp.mjs';
import { bundleExtension, hasExtension } from './extension.mjs';
import { bundleNode, hasNodeBundles } from './node-bundles.mjs';

/**
 * One part of the build: made again only when what it is made from has changed.
 *
 * @typedef {object} Target
 * @property {string} name
 * @property {readonly string[]} inputs files and folders relative to the repository
 * @property {() => Promise<boolean>} isThere
 * @property {() => Promise<string>} make
 */

const bundler = ['package-lock.json', 'scripts/bundle'];
const nodeInputs = ['electron', 'hub', 'release', 'shared', ...bundler];
const demoWorkspace = join(buildDir, 'demo-workspace');

/** @type {readonly Target[]} in the order they need each other */
export const targets = [
  {
    name: 'main process, engine, command line',
    inputs: nodeInputs,
    isThere: hasNodeBundles,
    make: bundleNode,
  },
  {
    name: 'window',
    inputs: ['renderer', 'shared', 'vite.config.ts', ...bundler],
    isThere: () => exists(join(buildDir, 'renderer', 'index.html')),
    async make() {
      const { build } = await import('vite');
      await build({ configFile: join(repoRoot, 'vite.config.ts'), logLevel: 'silent' });
      return 'window';
    },
  },
  {
    name: 'browser extension',
    inputs: ['extension', 'shared/contracts/browser-extension.ts', 'resources/icons/128x128.png', ...bundler],
    isThere: hasExtension,
    make: bundleExtension,
  },
  {
    name: 'demo team',
    inputs: [...nodeInputs, 'resources/demo', 'scripts/embedder'],
    isThere: () => exists(join(demoWorkspace, 'demo.json')),
    async make() {
      await rm(demoWorkspace, { recursive: true, force: true });
      const cli = join(buildDir, 'cli.js');
      const args = ['--enable-source-maps', cli, 'demo', 'build', '--out', demoWorkspace];
      const { code, output, stdout } = await runProcess(process.execPath, args, { cwd: repoRoot });
      if (code !== 0) throw new Error(`cuecard demo build ended with code ${code}\n${lastLines(output)}`);
      return lastLines(stdout, 1);
    },
  },
];

/**
 * Builds what is out of date.
 *
 * @param {import('../setup/progress.mjs').Step} step
 * @returns {Promise<string>}
 */
export async function ensureBuild(step) {
  const made = [];
  for (const target of targets) {
    const stampFile = join(buildDir, 'stamps', `${target.name.replace(/\W+/g, '-')}.json`);
    const inputs = await hashTree(repoRoot, target.inputs, isBuildInput);
    if ((await readStamp(stampFile))?.['inputs'] === inputs && (await target.isThere())) {
      // Its time says until when the build was known to be that of the sources (scripts/setup/stale-build.mjs).
      await utimes(stampFile, new Date(), new Date());
      continue;
    }
    step.doing(target.name);
    await rm(stampFile, { force: true });
    try {
      made.push(await target.make());
    } catch (error) {
      throw new SetupError(
        'build',
        `Building ${target.name} failed.\n${lastLines(error instanceof Error ? error.message : String(error), 20)}`,
        'Correct the source named above (`npm run types` says more), then run the same command again.',
      );
    }
    await writeStamp(stampFile, { inputs });
  }
  return made.length > 0 ? made.join('; ') : 'up to date';
}

/**
 * Tests are no part of the app, and an editor's or compiler's leftovers change nothing.
 * @param {string} path
 */
function isBuildInput(path) {
  return !/\.(test|conformance)\.(ts|tsx|mjs)$|(^|\/)\.|\.tsbuildinfo$|\.md~$/.test(path);
}

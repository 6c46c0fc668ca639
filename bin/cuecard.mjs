#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'build', 'cli.js');

// A command that scripts call in a loop must not pay for a look at every source file, so only a missing build is made.
const isBuilt = ['cli.js', 'embedder/embedder.json', 'demo-workspace/demo.json'].every((file) =>
  existsSync(join(root, 'build', file)),
);
if (isBuilt || (await prepare())) await import(pathToFileURL(cli).href);

/** @returns {Promise<boolean>} */
async function prepare() {
  const { createProgress } = await import('../scripts/setup/progress.mjs');
  const { setUpCommandLine } = await import('../scripts/setup/set-up.mjs');
  const { reportSetupFailure } = await import('../scripts/setup/setup-error.mjs');
  try {
    process.stderr.write('Cuecard: first use in this folder, getting ready\n');
    await setUpCommandLine(createProgress({ out: process.stderr }));
    return true;
  } catch (error) {
    process.exitCode = reportSetupFailure(error);
    return false;
  }
}

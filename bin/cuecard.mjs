#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'build', 'cli.js');

// A command that scripts call in a loop must not pay for reading every source file, so only a missing build is made.
const isBuilt = ['cli.js', 'embedder/embedder.json', 'demo-workspace/demo.json'].every((file) =>
  existsSync(join(root, 'build', file)),
);
if (isBuilt) await warnOfOldBuild();
if (isBuilt || (await prepare())) await import(pathToFileURL(cli).href);

/** Only where somebody edits: a clone. */
async function warnOfOldBuild() {
  if (!existsSync(join(root, '.git'))) return;
  const { newerSource } = await import('../scripts/setup/stale-build.mjs');
  const file = newerSource(root);
  if (file === null) return;
  process.stderr.write(
    `Cuecard: this runs a build that is older than ${relative(root, file)}; \`npm run build\` makes it anew.\n`,
  );
}

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

import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { buildDir, repoRoot } from '../setup/locations.mjs';
import { exists } from '../setup/stamp.mjs';

const target = join(buildDir, 'extension');
const source = join(repoRoot, 'extension');
const pages = ['manifest.json', 'options.html', 'options.css'];

/** Whether the built extension can be loaded. */
export const hasExtension = () => exists(join(target, 'manifest.json'));

/**
 * Builds the browser extension into `build/extension`, a folder a browser loads as it is: readable code in one file each for worker and
 * options, without anything fetched later.
 *
 * @returns {Promise<string>} what was made
 */
export async function bundleExtension() {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: repoRoot,
    entryPoints: { worker: 'extension/worker.ts', options: 'extension/options.ts' },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    logLevel: 'silent',
    outdir: target,
    write: false,
  });
  const fresh = `${target}.new`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });
  await Promise.all([
    ...outputFiles.map(({ path, contents }) => writeFile(path.replace(target, fresh), contents)),
    ...pages.map((name) => copyFile(join(source, name), join(fresh, name))),
    copyFile(join(repoRoot, 'resources/icons/128x128.png'), join(fresh, 'icon-128.png')),
  ]);
  await rm(target, { recursive: true, force: true });
  await rename(fresh, target);
  return 'browser extension';
}

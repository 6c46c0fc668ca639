import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { buildDir, repoRoot } from '../setup/locations.mjs';
import { exists } from '../setup/stamp.mjs';
import { firefoxManifest } from './firefox-manifest.mjs';

const source = join(repoRoot, 'extension');
const pages = ['options.html', 'options.css'];
/** Where it is built to, and with which manifest. */
const targets = [
  { folder: join(buildDir, 'extension'), manifestOf: (/** @type {object} */ manifest) => manifest },
  { folder: join(buildDir, 'extension-firefox'), manifestOf: firefoxManifest },
];

/** Whether the built extension can be loaded. */
export const hasExtension = async () =>
  (await Promise.all(targets.map(({ folder }) => exists(join(folder, 'manifest.json'))))).every(Boolean);

/**
 * Builds the browser extension into `build/extension` and, for Firefox, `build/extension-firefox`: folders a browser loads as they are, with
 * readable code in one file each for worker and options, without anything fetched later.
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
    outdir: source,
    write: false,
  });
  const manifest = JSON.parse(await readFile(join(source, 'manifest.json'), 'utf8'));
  for (const { folder, manifestOf } of targets) {
    const fresh = `${folder}.new`;
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    await Promise.all([
      ...outputFiles.map(({ path, contents }) => writeFile(join(fresh, basename(path)), contents)),
      ...pages.map((name) => copyFile(join(source, name), join(fresh, name))),
      writeFile(join(fresh, 'manifest.json'), `${JSON.stringify(manifestOf(manifest), null, 2)}\n`),
      copyFile(join(repoRoot, 'resources/icons/128x128.png'), join(fresh, 'icon-128.png')),
    ]);
    await rm(folder, { recursive: true, force: true });
    await rename(fresh, folder);
  }
  return 'browser extension';
}

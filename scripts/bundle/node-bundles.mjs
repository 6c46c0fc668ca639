import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { buildDir, repoRoot } from '../setup/locations.mjs';
import { exists } from '../setup/stamp.mjs';

/**
 * Stay as they are in node_modules: native modules cannot be bundled, PGlite reads files beside it,
 * and LangChain is loaded late and as a whole.
 * The packaged app carries the same packages (electron-builder.yml).
 */
export const externalPackages = [
  'electron',
  'hnswlib-node',
  'libsql',
  'onnxruntime-node',
  '@langchain/*',
  '@electric-sql/pglite',
  'pg-native',
];

/** Entries that share code run as ES modules in Node and in Electron's main process. */
const moduleEntries = {
  main: 'electron/main.ts',
  'engine-worker': 'electron/engine/engine-worker.ts',
  cli: 'electron/cli/cli.ts',
  hub: 'hub/server.ts',
};

/** Some bundled packages are CommonJS inside and call `require` for Node's own modules. */
const requireBanner =
  "import { createRequire as cuecardRequire } from 'node:module'; const require = cuecardRequire(import.meta.url);";

/**
 * Bundles main process, engine worker, command line, hub and preload into `build/`.
 *
 * Shared code becomes chunks beside the entries, so that `import.meta.url` is always a file of `build/`.
 * @returns {Promise<string>} what was made
 */
export async function bundleNode() {
  const { build } = await import('esbuild');
  const common = /** @type {const} @satisfies {import('esbuild').BuildOptions} */ ({
    absWorkingDir: repoRoot,
    bundle: true,
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    // Messages of errors name functions; the code is not sent over a network.
    keepNames: true,
    logLevel: 'silent',
    outdir: buildDir,
    // Written below, after both builds went well: a mistake in the source leaves the last good build in place.
    write: false,
  });
  const modules = await build({
    ...common,
    entryPoints: moduleEntries,
    external: externalPackages,
    format: 'esm',
    splitting: true,
    chunkNames: 'chunk-[hash]',
    banner: { js: requireBanner },
  });
  const preload = await build({
    ...common,
    entryPoints: { preload: 'electron/preload.ts' },
    format: 'cjs',
    // A sandboxed preload may require `electron` and nothing else.
    external: ['electron'],
    sourcemap: 'inline',
    outExtension: { '.js': '.cjs' },
  });
  await mkdir(buildDir, { recursive: true });
  await removeOldBundles();
  const files = [...modules.outputFiles, ...preload.outputFiles];
  await Promise.all(files.map(({ path, contents }) => writeFile(path, contents)));
  return `${Object.keys(moduleEntries).length + 1} bundles`;
}

/** @returns {Promise<boolean>} whether all that the app starts from is there */
export async function hasNodeBundles() {
  const files = [...Object.keys(moduleEntries).map((name) => `${name}.js`), 'preload.cjs'];
  const found = await Promise.all(files.map((file) => exists(join(buildDir, file))));
  return found.every(Boolean);
}

/** Chunks carry a hash in their name: without this the folder would fill with old ones. */
async function removeOldBundles() {
  for (const name of await readdir(buildDir)) {
    if (/\.(js|cjs)(\.map)?$/.test(name)) await rm(join(buildDir, name));
  }
}

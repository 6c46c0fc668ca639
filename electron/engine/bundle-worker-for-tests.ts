import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** An entry bundled as the app bundles its engine worker, so that a thread or a process can run it without TypeScript. */
export interface TestBundle {
  readonly file: string;
  remove(): Promise<void>;
}

/** Bundles an entry, named from this folder; inside node_modules, because native packages are found from there. */
export async function bundleForTests(entry: string): Promise<TestBundle> {
  const { build } = await import('esbuild');
  const cache = path.join(root, 'node_modules/.cache/cuecard');
  await mkdir(cache, { recursive: true });
  const dir = await mkdtemp(path.join(cache, 'bundle-'));
  const file = path.join(dir, path.basename(entry).replace(/\.ts$/, '.mjs'));
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['hnswlib-node', 'libsql', 'onnxruntime-node'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return { file, remove: () => rm(dir, { recursive: true, force: true }) };
}

export const bundleWorkerForTests = (): Promise<TestBundle> => bundleForTests('engine-worker.ts');

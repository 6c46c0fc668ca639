import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const converter = `${root}scripts/embedder/`;
/** What the embedder is made from; the published weights stay the same until the lock file changes. */
const sources = [converter, `${root}resources/embedder/`];

interface Converter {
  readonly buildEmbedder: (folder: string) => Promise<unknown>;
}

/**
 * A folder with the bundled embedder, made by the converter of `npm start` and kept until the converter changes.
 * Test files run side by side; the converter swaps whole folders, so none of them meets half a file.
 */
export async function embedderDirForTests(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of sources) {
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    for (const name of files.map((file) => file.name).sort()) hash.update(readFileSync(folder + name));
  }
  const dir = `${root}node_modules/.cache/cuecard/embedder-${hash.digest('hex').slice(0, 16)}`;
  if (!existsSync(`${dir}/embedder.json`)) {
    const { buildEmbedder } = (await import(`${converter}build-embedder.mjs`)) as Converter;
    await buildEmbedder(dir);
  }
  return dir;
}

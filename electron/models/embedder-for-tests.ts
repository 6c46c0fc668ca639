import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const converter = `${root}scripts/embedder/`;

interface Converter {
  readonly buildEmbedder: (folder: string) => Promise<unknown>;
}

/**
 * A folder with the bundled embedder, made by the converter of `npm start` and kept until the converter changes.
 * Test files run side by side; the converter swaps whole folders, so none of them meets half a file.
 */
export async function embedderDirForTests(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of readdirSync(converter).sort()) hash.update(readFileSync(converter + name));
  const dir = `${root}node_modules/.cache/cuecard/embedder-${hash.digest('hex').slice(0, 16)}`;
  if (!existsSync(`${dir}/embedder.json`)) {
    const { buildEmbedder } = (await import(`${converter}build-embedder.mjs`)) as Converter;
    await buildEmbedder(dir);
  }
  return dir;
}

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { cacheDir } from '../../scripts/setup/locations.mjs';
import { runNpm } from '../../scripts/setup/run-process.mjs';
import { PeerUnavailable } from './debian-packages.mjs';
import { runPeer } from './peer-command.mjs';

/** Shopify's own package (ISC) with the introspected schemas of its APIs. It needs a whole web framework, so it is fetched and not installed. */
const PACKAGE = '@shopify/dev-mcp@1.16.0';
const INTEGRITY =
  'sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==';
/** Of the Admin API: the one the app asks for last, before it the one that was stable when the package was made. */
const VERSIONS = ['2026-07', '2026-10'];
const FETCH_MS = 120_000;
const TAR_BLOCK = 512;

/**
 * The schema of Shopify's Admin API, one packed introspection answer (`.json.gz`) for each version, fetched once for all clones.
 * Nothing runs: it is a peer only in that it may be out of reach.
 *
 * @typedef {{ files: Record<string, string> }} SchemaReady
 * @returns {Promise<{ ready: SchemaReady, end: () => Promise<void> }>}
 * @throws {PeerUnavailable} when the registry cannot be reached. What is not the very package that was looked at is an error, and not skipped.
 */
export async function fetchShopifySchema() {
  const home = path.join(cacheDir(), 'peers', PACKAGE.replaceAll(/[^\w.-]+/g, '-'));
  const files = VERSIONS.map((version) => [version, path.join(home, nameOf(version))]);
  if (!files.every(([, file]) => existsSync(file ?? ''))) await fetchInto(home);
  return { ready: { files: Object.fromEntries(files) }, end: () => Promise.resolve() };
}

/** @param {string} version */
const nameOf = (version) => `admin_${version}.json.gz`;

/** @param {string} home */
async function fetchInto(home) {
  await mkdir(home, { recursive: true });
  const begun = await mkdtemp(path.join(home, 'begun-'));
  try {
    const tar = gunzipSync(await packed(begun));
    for (const version of VERSIONS) {
      const name = nameOf(version);
      const file = fileIn(tar, `package/dist/data/${name}`);
      if (!file) throw new Error(`${PACKAGE} holds no ${name}.`);
      await writeFile(path.join(begun, name), file);
      // The same bytes, whoever was first.
      await rename(path.join(begun, name), path.join(home, name));
    }
  } finally {
    await rm(begun, { recursive: true, force: true });
  }
}

/**
 * The package as the registry npm is configured with has it, and not a byte else.
 *
 * @param {string} dir
 */
async function packed(dir) {
  const args = ['pack', PACKAGE, '--pack-destination', dir, '--ignore-scripts'];
  const { code, output } = await runNpm([...args, '--fetch-retries=1', '--loglevel=error'], {
    cwd: dir,
    timeoutMs: FETCH_MS,
  });
  const name = (await readdir(dir)).find((file) => file.endsWith('.tgz'));
  if (code !== 0 || !name) {
    const why = output.trim().split('\n').slice(0, 3).join(' ');
    throw new PeerUnavailable(`could not fetch ${PACKAGE}: ${why || 'no answer in time'}`);
  }
  const bytes = await readFile(path.join(dir, name));
  const found = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (found !== INTEGRITY) throw new Error(`${PACKAGE} is not what it was: ${found}.`);
  return bytes;
}

/**
 * One file of a tar archive: a block of header (name at 0, size in octal at 124), then its bytes, filled up to a whole block.
 *
 * @param {Buffer} tar
 * @param {string} wanted
 */
function fileIn(tar, wanted) {
  for (let at = 0; at + TAR_BLOCK <= tar.length;) {
    const [name = ''] = tar.toString('latin1', at, at + 100).split('\0');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 136), 8) || 0;
    const from = at + TAR_BLOCK;
    if (name === wanted) return tar.subarray(from, from + size);
    at = from + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  return null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(fetchShopifySchema);

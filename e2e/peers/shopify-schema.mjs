import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { cacheDir } from '../../scripts/setup/locations.mjs';
import { runPeer } from './peer-command.mjs';
import { filesOfPackage } from './registry-package.mjs';

/** Shopify's own package (ISC) with the introspected schemas of its APIs. It needs a whole web framework, so it is fetched and not installed. */
const PACKAGE = '@shopify/dev-mcp@1.16.0';
const INTEGRITY =
  'sha512-tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw==';
/** Of the Admin API: the one the app asks for last, before it the one that was stable when the package was made. */
const VERSIONS = ['2026-07', '2026-10'];

/**
 * The schema of Shopify's Admin API, one packed introspection answer (`.json.gz`) for each version, fetched once for all clones.
 * Nothing runs: it is a peer only in that it may be out of reach.
 *
 * @typedef {{ files: Record<string, string> }} SchemaReady
 * @returns {Promise<{ ready: SchemaReady, end: () => Promise<void> }>}
 */
async function fetchShopifySchema() {
  const home = path.join(cacheDir(), 'peers', PACKAGE.replaceAll(/[^\w.-]+/g, '-'));
  const nameOf = (/** @type {string} */ version) => `admin_${version}.json.gz`;
  if (!VERSIONS.every((version) => existsSync(path.join(home, nameOf(version))))) {
    const wanted = VERSIONS.map((version) => `dist/data/${nameOf(version)}`);
    const files = await filesOfPackage(PACKAGE, INTEGRITY, (file) => wanted.includes(file));
    await mkdir(home, { recursive: true });
    for (const [file, bytes] of files) {
      const begun = path.join(home, `${path.basename(file)}.${process.pid}`);
      await writeFile(begun, bytes);
      // The same bytes, whoever was first.
      await rename(begun, path.join(home, path.basename(file)));
    }
  }
  const files = Object.fromEntries(VERSIONS.map((version) => [version, path.join(home, nameOf(version))]));
  return { ready: { files }, end: () => Promise.resolve() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(fetchShopifySchema);

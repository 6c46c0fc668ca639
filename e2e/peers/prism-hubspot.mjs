import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { cacheDir } from '../../scripts/setup/locations.mjs';
import { describeClient } from './hubspot/describe-client.mjs';
import { runPeer } from './peer-command.mjs';
import { startPrism } from './prism.mjs';
import { filesOfPackage } from './registry-package.mjs';

/** HubSpot's own client (Apache-2.0), which a generator made from the descriptions of its API. */
const PACKAGE = '@hubspot/api-client@14.0.1';
const INTEGRITY =
  'sha512-+2/9e3DguqVXB/htjQ5yxWkLD4fGdS1MNsOVYlc05a4TAGx0PGt+EgvW8o5P9GwQsMIGHCCiR6CJpNYNQtbiqw==';
/** Where the operations Cuecard calls are; the client has none for conversations. */
const FOLDERS = [
  ...['crm/contacts', 'crm/deals', 'crm/tickets', 'crm/objects/notes', 'crm/owners', 'crm/pipelines'],
  ...['crm/properties', 'crm/associations/v4', 'files'],
];
/** Changes with what `describeClient` makes of the client. */
const EDITION = 2;

await runPeer(async (_, port) => startPrism(await description(), port));

/** Made once for all clones. */
async function description() {
  const home = path.join(cacheDir(), 'peers', PACKAGE.replaceAll(/[^\w.-]+/g, '-'));
  const file = path.join(home, `description-${EDITION}.json`);
  if (existsSync(file)) return file;
  const isWanted = (/** @type {string} */ name) =>
    FOLDERS.some((folder) => name.startsWith(`lib/codegen/${folder}/`)) && /(\.js|\.d\.ts)$/.test(name);
  const files = await filesOfPackage(PACKAGE, INTEGRITY, isWanted);
  const texts = [...files].map(
    ([name, bytes]) => /** @type {const} */ ([name.replace(/^lib\/codegen\//, ''), bytes.toString('utf8')]),
  );
  await mkdir(home, { recursive: true });
  const begun = `${file}.${process.pid}`;
  await writeFile(begun, JSON.stringify(describeClient(new Map(texts), FOLDERS)));
  await rename(begun, file);
  return file;
}

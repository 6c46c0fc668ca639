import { ensureElectron } from './electron-runtime.mjs';
import { ensureEmbedder } from './embedder.mjs';
import { checkNode } from './node-version.mjs';
import { ensureNativeModules } from './native-modules.mjs';
import { ensurePackages } from './npm-packages.mjs';
import { linkOwnCommand } from './own-command.mjs';
import { withSetupLock } from './setup-lock.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

/** @typedef {import('./electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

/**
 * Brings this clone from whatever state it is in to one that runs. Each step looks first and does only what is missing;
 * killed half-way, the next call goes on.
 *
 * @param {import('./progress.mjs').Progress} progress
 * @param {{ headless: boolean }} options whether a virtual display will be needed
 * @returns {Promise<ElectronRuntime>}
 * @throws {import('./setup-error.mjs').SetupError}
 */
export async function setUpApp(progress, { headless }) {
  return withSetupLock(async () => {
    await setUpPackages(progress);
    await progress.step('System libraries', (step) => ensureSystemLibraries(step, { headless }));
    const runtime = await setUpElectron(progress);
    await setUpBuild(progress);
    return runtime;
  }, progress);
}

/**
 * The same for the command line alone: no Electron, no system libraries.
 *
 * @param {import('./progress.mjs').Progress} progress
 */
export async function setUpCommandLine(progress) {
  await withSetupLock(async () => {
    await setUpPackages(progress);
    await setUpBuild(progress);
  }, progress);
}

/** @param {import('./progress.mjs').Progress} progress */
async function setUpPackages(progress) {
  await progress.step('Node', checkNode);
  await progress.step('npm packages', ensurePackages);
  await linkOwnCommand();
  await progress.step('Native modules', ensureNativeModules);
}

/** @param {import('./progress.mjs').Progress} progress */
async function setUpElectron(progress) {
  /** @type {ElectronRuntime | undefined} */
  let runtime;
  await progress.step('Electron', async (step) => {
    runtime = await ensureElectron(step);
    return `${runtime.version} (${runtime.kind})`;
  });
  return /** @type {ElectronRuntime} */ (/** @type {unknown} */ (runtime));
}

/** @param {import('./progress.mjs').Progress} progress */
async function setUpBuild(progress) {
  await progress.step('Embedder', ensureEmbedder);
  await progress.step('Build', async (step) => {
    // Imported late: it needs npm packages, which a step before installs.
    const { ensureBuild } = await import('../bundle/targets.mjs');
    return ensureBuild(step);
  });
}

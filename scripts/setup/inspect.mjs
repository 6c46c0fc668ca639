import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { resolveElectron } from './electron-runtime.mjs';
import { electronVersion } from './electron-version.mjs';
import { buildDir, repoRoot } from './locations.mjs';
import { nativeModules, probeNativeModule } from './native-modules.mjs';
import { checkNode } from './node-version.mjs';
import { inspectPackages } from './npm-packages.mjs';
import { SetupError } from './setup-error.mjs';
import { exists } from './stamp.mjs';
import { findProgram, hasDisplay, missingSystemNeeds } from './system-libraries.mjs';

/**
 * One thing the app needs.
 *
 * @typedef {object} Finding
 * @property {string} name
 * @property {'ok' | 'missing' | 'warning'} status `missing` stops the app, `warning` only a part of it
 * @property {string} detail what is there, or what is wrong
 * @property {string} fix what to do; empty when nothing has to be done
 */

const startAgain = 'Run `npm start`: it installs what is missing.';

/**
 * Looks at everything the set-up takes care of, changes nothing, downloads nothing.
 *
 * @returns {Promise<Finding[]>}
 */
export async function inspectInstallation() {
  const findings = await Promise.all([
    node(),
    packages(),
    ...nativeModules.map(nativeModule),
    electron(),
    embedder(),
    systemLibraries(),
    virtualDisplay(),
    built(),
  ]);
  return findings.filter((finding) => finding !== undefined);
}

/**
 * @param {string} name
 * @param {string} detail
 * @returns {Finding}
 */
const ok = (name, detail) => ({ name, status: 'ok', detail, fix: '' });

/**
 * @param {string} name
 * @param {string} detail
 * @param {string} [fix]
 * @returns {Finding}
 */
const missing = (name, detail, fix = startAgain) => ({ name, status: 'missing', detail, fix });

async function node() {
  try {
    return ok('Node', await checkNode());
  } catch (error) {
    return fromError('Node', error);
  }
}

async function packages() {
  const { matches, count, reason } = await inspectPackages();
  return matches ? ok('npm packages', `${count} as locked`) : missing('npm packages', reason);
}

/** @param {import('./native-modules.mjs').NativeModule} name */
async function nativeModule(name) {
  const { version } = JSON.parse(
    await readFile(join(repoRoot, 'node_modules', name, 'package.json'), 'utf8').catch(() => '{}'),
  );
  if (!version) return missing(`Native module ${name}`, 'not installed');
  const problem = await probeNativeModule(name);
  return problem === undefined
    ? ok(`Native module ${name}`, `${version} loads`)
    : missing(`Native module ${name}`, problem);
}

async function electron() {
  try {
    const runtime = await resolveElectron();
    if (!runtime) return missing('Electron', `${electronVersion} is not on this machine`);
    const origin = {
      override: 'from ELECTRON_OVERRIDE_DIST_PATH',
      official: 'the official build',
      registry: 'the same version from the npm registry, for development and tests',
    }[runtime.kind];
    const detail = `${runtime.version}, ${origin}, in ${runtime.distPath}`;
    if (runtime.version === electronVersion) return ok('Electron', detail);
    const fix = `Cuecard is tested on ${electronVersion}.`;
    return /** @type {Finding} */ ({ name: 'Electron', status: 'warning', detail, fix });
  } catch (error) {
    return fromError('Electron', error);
  }
}

async function embedder() {
  // Late, because it needs npm packages and this file must also work without.
  try {
    const { inspectEmbedder } = await import('../embedder/build-embedder.mjs');
    const found = await inspectEmbedder(join(buildDir, 'embedder'));
    if ('problem' in found) return missing('Embedder', found.problem);
    const { id, dimensions } = found.manifest;
    return ok(
      'Embedder',
      `${id}, ${dimensions} dimensions, ${(found.bytes / 1e6).toFixed(1)} MB, on this machine`,
    );
  } catch {
    return missing('Embedder', 'npm packages are not installed');
  }
}

async function systemLibraries() {
  if (process.platform !== 'linux') return undefined;
  const needs = await missingSystemNeeds({ headless: false });
  if (needs.length === 0) return ok('System libraries', 'all that Chromium needs');
  const names = needs.map((need) => need.debian).join(' ');
  return missing(
    'System libraries',
    `missing: ${names}`,
    `apt-get install -y ${names}   (as root, on Debian or Ubuntu)`,
  );
}

async function virtualDisplay() {
  if (process.platform !== 'linux') return undefined;
  const path = await findProgram('Xvfb');
  if (path) return ok('Virtual display', path);
  const fix = 'apt-get install -y xvfb   (as root; only for tests and machines without a display)';
  if (!hasDisplay()) return missing('Virtual display', 'no display here and no Xvfb', fix);
  return /** @type {Finding} */ ({ name: 'Virtual display', status: 'warning', detail: 'no Xvfb', fix });
}

async function built() {
  const parts = ['main.js', 'cli.js', 'renderer/index.html', 'demo-workspace/demo.json'];
  const there = await Promise.all(parts.map((part) => exists(join(buildDir, part))));
  const absent = parts.filter((_, index) => !there[index]);
  if (absent.length === 0) return ok('Build', buildDir);
  return missing('Build', `missing in ${buildDir}: ${absent.join(', ')}`, 'Run `npm run build`.');
}

/**
 * @param {string} name
 * @param {unknown} error
 * @returns {Finding}
 */
function fromError(name, error) {
  if (error instanceof SetupError) return missing(name, error.message, error.fix);
  return missing(name, error instanceof Error ? error.message : String(error));
}

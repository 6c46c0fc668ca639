import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { repoRoot } from './locations.mjs';
import { lastLines, runNpm } from './run-process.mjs';
import { SetupError } from './setup-error.mjs';
import { exists } from './stamp.mjs';

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */

/**
 * Says whether node_modules holds exactly what package-lock.json names.
 *
 * npm writes node_modules/.package-lock.json as the last act of an installation, so an interrupted one has none.
 *
 * @returns {Promise<{ matches: boolean, count: number, reason: string }>}
 */
export async function inspectPackages() {
  const locked = await readPackages(join(repoRoot, 'package-lock.json'));
  const installed = await readPackages(join(repoRoot, 'node_modules', '.package-lock.json'));
  const count = Object.keys(installed ?? {}).length;
  if (!locked) return { matches: false, count, reason: 'package-lock.json cannot be read' };
  if (!installed)
    return { matches: false, count, reason: 'not installed yet, or an installation was interrupted' };
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '' || wanted.link) continue;
    const found = installed[path];
    // Optional packages are mostly binaries for other systems; the native modules are tried out separately.
    if (!found && wanted.optional) continue;
    if (!found || found.version !== wanted.version || found.integrity !== wanted.integrity) {
      return { matches: false, count, reason: `${path} is not the locked version` };
    }
  }
  return { matches: true, count, reason: '' };
}

/**
 * Installs the npm packages exactly as locked, if they are not there yet.
 *
 * @param {import('./progress.mjs').Step} step
 * @returns {Promise<string>}
 */
export async function ensurePackages(step) {
  const before = await inspectPackages();
  if (before.matches) return `${before.count} as locked`;
  step.doing(`installing as locked (${before.reason})`);
  const result = await runNpm(['ci', '--no-audit', '--no-fund'], {
    cwd: repoRoot,
    env: {
      ...(await localNodeHeaders()),
      // Both packages would fetch large binaries from hosts of their own that this app does not use.
      ONNXRUNTIME_NODE_INSTALL: 'skip',
      ELECTRON_SKIP_BINARY_DOWNLOAD: '1',
    },
  });
  if (result.code !== 0) throw explainNpmFailure(result.output);
  const after = await inspectPackages();
  if (!after.matches) throw new SetupError('packages', `After npm ci: ${after.reason}.`, 'Run: npm ci');
  return `${after.count} as locked`;
}

/**
 * node-gyp downloads Node's headers unless told where they are; most installations carry them.
 *
 * @returns {Promise<Record<string, string>>}
 */
export async function localNodeHeaders() {
  if (process.platform === 'win32' || process.env['npm_config_nodedir']) return {};
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = await exists(join(prefix, 'include', 'node', 'node_api.h'));
  return hasHeaders ? { npm_config_nodedir: prefix } : {};
}

/** What to install so that a native module can be compiled. */
export const compilerAdvice = [
  'Install a C++ compiler, make and Python 3, then run the same command again:',
  '  Debian, Ubuntu:  apt-get install -y g++ make python3   (with sudo unless you are root)',
  '  macOS:           xcode-select --install',
  '  Windows:         Visual Studio Build Tools with "Desktop development with C++", and Python 3',
].join('\n');

/** @param {string} output */
function explainNpmFailure(output) {
  // Without the warnings and the list of options that npm adds to an error.
  const errors = output.split('\n').filter((line) => /^npm error (?!--|code|A complete log)\S/.test(line));
  const tail = errors.length > 0 ? errors.slice(0, 8).join('\n') : lastLines(output);
  if (/gyp ERR!|node-gyp|not found: make|g\+\+: not found/i.test(output)) {
    return new SetupError('packages', `A native package could not be compiled.\n${tail}`, compilerAdvice);
  }
  if (/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|ECONNRESET|EAI_AGAIN|E40[13]/.test(output)) {
    return new SetupError(
      'packages',
      `npm could not reach its registry, or was refused.\n${tail}`,
      'Check the network, the proxy and `npm config get registry`, then run the same command again.',
    );
  }
  if (/EACCES|EPERM/.test(output)) {
    return new SetupError(
      'packages',
      `npm may not write to this folder.\n${tail}`,
      'Make the folder yours (chown), close programs that use node_modules, then run the same command again.',
    );
  }
  if (/EUSAGE|in sync/.test(output)) {
    return new SetupError(
      'packages',
      `package.json and package-lock.json do not fit each other.\n${tail}`,
      'Run `npm install` once and commit the lock file, or restore both files.',
    );
  }
  if (/ENOSPC/.test(output)) {
    return new SetupError('packages', 'The disk is full.', 'Free about 2 GB and run the same command again.');
  }
  return new SetupError('packages', `npm ci failed.\n${tail}`, 'Run `npm ci` to see everything it says.');
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, LockedPackage> | undefined>}
 */
async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

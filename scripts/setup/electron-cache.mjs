import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { runtimeFolder } from './electron-version.mjs';
import { isRunning } from './setup-lock.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const stampName = '.cuecard-runtime.json';

/**
 * @param {import('./electron-version.mjs').RuntimeSource} source
 * @returns {Promise<string | undefined>} folder of a finished runtime
 */
export async function findRuntime(source) {
  const folder = runtimeFolder(source);
  return (await readStamp(join(folder, stampName))) ? folder : undefined;
}

/**
 * Makes a runtime in a temporary folder beside its final place and moves it there at the end, so that no other
 * clone ever sees half of one.
 *
 * @param {import('./electron-version.mjs').RuntimeSource} source
 * @param {(temp: string) => Promise<{ dist: string, origin: string }>} make gets an empty folder, says where in it the
 *   finished distribution is and what it was made from
 * @returns {Promise<string>} folder of the finished runtime
 */
export async function prepareRuntime(source, make) {
  const folder = runtimeFolder(source);
  const parent = dirname(folder);
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent);
  const temp = await mkdtemp(join(parent, `making-${process.pid}-`));
  try {
    const { dist, origin } = await make(temp);
    await writeStamp(join(dist, stampName), { source, origin, preparedAt: new Date().toISOString() });
    // Another clone may have finished the same runtime meanwhile; then theirs stays.
    if (!(await findRuntime(source))) {
      await rm(folder, { recursive: true, force: true });
      await rename(dist, folder).catch(async (error) => {
        if (!(await findRuntime(source))) throw error;
      });
    }
    return folder;
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

/**
 * Removes what killed processes left behind.
 * @param {string} parent
 */
async function removeAbandoned(parent) {
  for (const name of await readdir(parent)) {
    const maker = /^making-(\d+)-/.exec(name)?.[1];
    if (maker && !isRunning(Number(maker))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

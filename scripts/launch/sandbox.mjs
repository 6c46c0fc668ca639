import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { SetupError } from '../setup/setup-error.mjs';

/**
 * What Chromium's sandbox allows on this machine.
 *
 * @param {string} executablePath
 * @returns {Promise<{ args: string[], note: string }>} `note` is empty when there is nothing to say
 */
export async function sandboxArguments(executablePath) {
  if (process.platform !== 'linux') return { args: [], note: '' };
  if (process.getuid?.() === 0) {
    return {
      args: ['--no-sandbox'],
      note: 'running as root: Chromium does not start in its sandbox, so it is off. Use a normal user for real work.',
    };
  }
  if (process.env['CUECARD_NO_SANDBOX'] === '1') {
    return { args: ['--no-sandbox'], note: 'CUECARD_NO_SANDBOX=1: Chromium runs without its sandbox.' };
  }
  const helper = join(dirname(executablePath), 'chrome-sandbox');
  if ((await mayCreateUserNamespaces()) || (await isSetuidRoot(helper))) return { args: [], note: '' };
  throw new SetupError(
    'display',
    'This system lets no normal user create the namespaces Chromium builds its sandbox from.',
    `Either  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}\n` +
      'or      sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0\n' +
      'or, in a container you trust, set CUECARD_NO_SANDBOX=1.',
  );
}

/** @returns {Promise<boolean>} */
async function mayCreateUserNamespaces() {
  /** @param {string} name */
  const setting = async (name) => (await readFile(`/proc/sys/${name}`, 'utf8').catch(() => '')).trim();
  if ((await setting('kernel/unprivileged_userns_clone')) === '0') return false;
  if ((await setting('user/max_user_namespaces')) === '0') return false;
  return (await setting('kernel/apparmor_restrict_unprivileged_userns')) !== '1';
}

/**
 * @param {string} file
 * @returns {Promise<boolean>}
 */
async function isSetuidRoot(file) {
  const info = await stat(file).catch(() => undefined);
  return info?.uid === 0 && (info.mode & 0o4000) !== 0;
}

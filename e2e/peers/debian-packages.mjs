import { existsSync } from 'node:fs';

import { lastLines, runProcess } from '../../scripts/setup/run-process.mjs';

/** Why a peer cannot be had on this machine; printed by the tests that are skipped for it. */
export class PeerUnavailable extends Error {}

/** The lock of dpkg makes two installs wait for each other; it is given this long, in seconds. */
const LOCK_SECONDS = 300;

/**
 * Installs what is missing of `names`, without asking anything. Does nothing when all are there.
 *
 * @param {readonly string[]} names of Debian packages
 * @param {readonly string[]} [answers] lines for debconf, asked by packages that would stop for a question
 * @throws {PeerUnavailable} outside Debian and its relatives, without root, and when apt has no such package
 */
export async function ensureDebianPackages(names, answers = []) {
  const missing = [];
  for (const name of names) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;
  if (!existsSync('/usr/bin/apt-get'))
    throw new PeerUnavailable(`needs the Debian packages ${missing.join(', ')}, and this system has no apt.`);
  const command = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0)
    throw new PeerUnavailable(`needs packages; install them with: sudo ${command}`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  if (answers.length > 0)
    await runProcess('sh', ['-c', `printf '%s\\n' "$@" | debconf-set-selections`, 'sh', ...answers], { env });
  const install = ['-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`, ...command.split(' ').slice(1)];
  const first = await runProcess('apt-get', install, { env });
  if (first.code === 0) return;
  await runProcess('apt-get', ['-o', `DPkg::Lock::Timeout=${LOCK_SECONDS}`, 'update'], { env });
  const second = await runProcess('apt-get', install, { env });
  if (second.code !== 0)
    throw new PeerUnavailable(`could not install ${missing.join(', ')}: ${lastLines(second.output, 3)}`);
}

/** @param {string} name */
async function isInstalled(name) {
  const { stdout } = await runProcess('dpkg-query', ['-W', '-f', '${db:Status-Status}', name]);
  return stdout.trim() === 'installed';
}

import { existsSync } from 'node:fs';

/** Part of util-linux, so on practically every Linux; elsewhere a killed set-up may leave a helper running to its end. */
const setpriv =
  process.platform === 'linux' && ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));

/**
 * Makes a program end when this process dies without a chance to end it (`kill -9`): the kernel then signals it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {'TERM' | 'KILL'} signal
 * @returns {[command: string, args: string[]]} what to start instead
 */
export function tieToThisProcess(command, args, signal) {
  return setpriv ? [setpriv, ['--pdeathsig', signal, '--', command, ...args]] : [command, [...args]];
}

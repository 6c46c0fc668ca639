import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { lastLines, runProcess } from './run-process.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * What Chromium needs on Linux and how to see that it is there: a shared library by the name the loader looks for,
 * a program on the PATH, or a file. Package names are those of Debian 12; Ubuntu 24.04 adds `t64` to some.
 *
 * @typedef {{ debian: string, library?: string, program?: string, file?: string, headlessOnly?: boolean }} SystemNeed
 * @type {readonly SystemNeed[]}
 */
const systemNeeds = [
  { debian: 'libgtk-3-0', library: 'libgtk-3.so.0' },
  { debian: 'libnss3', library: 'libnss3.so' },
  { debian: 'libasound2', library: 'libasound.so.2' },
  { debian: 'libgbm1', library: 'libgbm.so.1' },
  { debian: 'libxss1', library: 'libXss.so.1' },
  { debian: 'libatk-bridge2.0-0', library: 'libatk-bridge-2.0.so.0' },
  { debian: 'libatspi2.0-0', library: 'libatspi.so.0' },
  { debian: 'libdrm2', library: 'libdrm.so.2' },
  { debian: 'libxkbcommon0', library: 'libxkbcommon.so.0' },
  { debian: 'libcups2', library: 'libcups.so.2' },
  { debian: 'xvfb', program: 'Xvfb', headlessOnly: true },
  // Without a desktop there is no font for the emoji that customers write.
  {
    debian: 'fonts-noto-color-emoji',
    file: '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf',
    headlessOnly: true,
  },
];

/** @returns {boolean} whether a window can be shown to a person */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * @param {{ headless: boolean }} options
 * @returns {Promise<SystemNeed[]>} what is missing; always empty outside Linux
 */
export async function missingSystemNeeds({ headless }) {
  if (process.platform !== 'linux') return [];
  const known = await loaderCache();
  const missing = [];
  for (const need of systemNeeds) {
    if (need.headlessOnly && !headless) continue;
    if (!(await isPresent(need, known))) missing.push(need);
  }
  return missing;
}

/**
 * Installs the system libraries Chromium needs, on Debian and its relatives as root. Elsewhere says what is missing.
 *
 * @param {import('./progress.mjs').Step} step
 * @param {{ headless: boolean }} options
 * @returns {Promise<string>}
 */
export async function ensureSystemLibraries(step, { headless }) {
  if (process.platform !== 'linux') return 'none needed';
  const missing = await missingSystemNeeds({ headless });
  if (missing.length === 0) return 'all there';
  const isRoot = process.getuid?.() === 0;
  if (!(await isDebian())) {
    const names = missing.map((need) => need.library ?? need.program ?? need.file).join(', ');
    throw new SetupError(
      'system',
      `Missing on this system: ${names}.`,
      'Install the packages of your distribution that hold them (GTK 3, NSS, ALSA, GBM, libXss, AT-SPI bridge, DRM' +
        (headless ? ', the Xvfb virtual display' : '') +
        '), then run the same command again.',
    );
  }
  const command = `apt-get install -y --no-install-recommends ${missing.map((need) => need.debian).join(' ')}`;
  if (!isRoot) {
    throw new SetupError(
      'system',
      `Chromium needs ${missing.map((need) => need.debian).join(', ')}; only root can install them.`,
      `sudo apt-get update && sudo ${command}`,
    );
  }
  step.doing(`installing ${missing.map((need) => need.debian).join(' ')}`);
  await aptInstall(missing);
  const left = await missingSystemNeeds({ headless });
  if (left.length > 0) {
    throw new SetupError(
      'system',
      `Still missing after the installation: ${left.map((need) => need.debian).join(', ')}.`,
      `apt-get update && ${command}`,
    );
  }
  return `installed ${missing.length} packages`;
}

/** @param {readonly SystemNeed[]} missing */
async function aptInstall(missing) {
  // Half-installed packages would need a person to repair them, so an interrupted set-up lets apt finish.
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  /** @param {string[]} args */
  const apt = (args) =>
    runProcess('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env, mayOutlive: true });
  let names = await installableNames(missing);
  if (names.includes(undefined)) {
    const updated = await apt(['update', '-qq']);
    if (updated.code !== 0) throw aptFailure('apt-get update', updated.output);
    names = await installableNames(missing);
  }
  const wanted = names.map((name, index) => name ?? missing[index]?.debian ?? '');
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...wanted];
  let result = await apt(install);
  if (result.code !== 0) {
    // An old package list names files the mirror no longer has.
    await apt(['update', '-qq']);
    result = await apt(install);
  }
  if (result.code !== 0) throw aptFailure(`apt-get ${install.join(' ')}`, result.output);
}

/**
 * @param {readonly SystemNeed[]} needs
 * @returns {Promise<(string | undefined)[]>} for each the package name apt knows it by here
 */
async function installableNames(needs) {
  return Promise.all(
    needs.map(async ({ debian }) => {
      for (const name of [debian, `${debian}t64`]) {
        const { stdout } = await runProcess('apt-cache', ['policy', name], { env: { LC_ALL: 'C' } });
        if (/Candidate: (?!\(none\))\S/.test(stdout)) return name;
      }
      return undefined;
    }),
  );
}

/**
 * @param {string} command
 * @param {string} output
 */
function aptFailure(command, output) {
  return new SetupError(
    'system',
    `\`${command}\` failed.\n${lastLines(output)}`,
    'Check the network and /etc/apt/sources.list, run that command yourself, then run the same command again.',
  );
}

/**
 * @param {SystemNeed} need
 * @param {ReadonlySet<string>} known
 */
async function isPresent(need, known) {
  if (need.file) return canRead(need.file);
  if (need.program) return Boolean(await findProgram(need.program));
  return need.library !== undefined && known.has(need.library);
}

/**
 * @param {string} name
 * @returns {Promise<string | undefined>} full path of a program on the PATH
 */
export async function findProgram(name) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder && (await canRead(join(folder, name)))) return join(folder, name);
  }
  return undefined;
}

/** @returns {Promise<Set<string>>} names of all shared libraries the loader finds by itself */
async function loaderCache() {
  // A plain user's PATH has no sbin on Debian.
  for (const program of ['/sbin/ldconfig', '/usr/sbin/ldconfig', 'ldconfig']) {
    const { code, stdout } = await runProcess(program, ['-p']);
    if (code === 0) return new Set([...stdout.matchAll(/^\s+(\S+) \(/gm)].map((match) => match[1] ?? ''));
  }
  return new Set();
}

/** @returns {Promise<boolean>} */
async function isDebian() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release) && Boolean(await findProgram('apt-get'));
}

/**
 * @param {string} path
 * @returns {Promise<boolean>}
 */
function canRead(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

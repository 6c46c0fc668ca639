import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { lastLines, runProcess } from '../../scripts/setup/run-process.mjs';
import { tieToThisProcess } from '../../scripts/setup/tied-process.mjs';
import { ensureDebianPackages } from './debian-packages.mjs';
import { freePort } from './free-port.mjs';
import { runPeer } from './peer-command.mjs';
import { siteConfig } from './request-tracker/site-config.mjs';

const PACKAGES = [
  ...['request-tracker5', 'rt5-db-sqlite', 'rt5-standalone', 'rt5-clients'],
  // In place of a mail server and of questions about a database.
  ...['msmtp-mta', 'dbconfig-no-thanks', 'libjson-perl', 'libwww-perl'],
];
const NO_QUESTIONS = [
  'dbconfig-install',
  'initialise-database',
  'install-cronjobs',
  'handle-siteconfig-permissions',
].map((question) => `request-tracker5 request-tracker5/${question} boolean false`);
const SEED = fileURLToPath(new URL('request-tracker/seed.pl', import.meta.url));
const START_MS = 60_000;

/**
 * A real Request Tracker 5 with a database of its own in `dir`: reps `rhea` and `omar`, two customers of the demo shop, the queues
 * `Orders` and `Driver's desk`. A folder that was used before keeps its tickets and tokens.
 *
 * @typedef {{ url: string, password: string, tokens: Record<string, string>, mailDir: string }} RequestTrackerReady
 * @param {string} dir
 * @param {number} wantedPort 0 for any
 * @returns {Promise<{ ready: RequestTrackerReady, end: () => Promise<void> }>}
 */
export async function startRequestTracker(dir, wantedPort) {
  await ensureDebianPackages(PACKAGES, NO_QUESTIONS);
  const home = path.resolve(dir);
  const port = wantedPort === 0 ? await freePort() : wantedPort;
  for (const name of ['etc/RT_SiteConfig.d', 'var', 'mason', 'session'])
    await mkdir(path.join(home, name), { recursive: true });
  const config = path.join(home, 'etc/RT_SiteConfig.pm');
  await writeFile(config, siteConfig(home, port));
  const env = { RT_SITE_CONFIG: config, RT_SITE_CONFIG_DIR: path.join(home, 'etc/RT_SiteConfig.d') };
  const password = 'peer password 1';
  const tokensFile = path.join(home, 'tokens');
  if (!existsSync(tokensFile)) await fillDatabase(home, env, password, tokensFile);
  const tokens = Object.fromEntries(
    (await readFile(tokensFile, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(' ')),
  );
  const url = `http://127.0.0.1:${port}`;
  const end = await serve(home, port, env, url, tokens['rhea'] ?? '');
  return { ready: { url, password, tokens, mailDir: path.join(home, 'var') }, end };
}

/**
 * @param {string} home
 * @param {Record<string, string>} env
 * @param {string} password
 * @param {string} tokensFile
 */
async function fillDatabase(home, env, password, tokensFile) {
  const passwordFile = path.join(home, 'root-password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  await setUpDatabase(['--action', 'init', '--dba', '', '--root-password-file', passwordFile], env);
  // Written last by the seed, so that a set-up that was killed begins again.
  const seeded = { ...env, PEER_PASSWORD: password, PEER_TOKENS: tokensFile };
  await setUpDatabase(['--action', 'insert', '--skip-create', '--datafile', SEED], seeded);
}

/**
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
async function setUpDatabase(args, env) {
  const { code, output } = await runProcess('rt-setup-database-5', args, { env });
  if (code !== 0) throw new Error(`rt-setup-database: ${lastLines(output, 12)}`);
}

/**
 * @param {string} home
 * @param {number} port
 * @param {Record<string, string>} env
 * @param {string} url
 * @param {string} token
 * @returns {Promise<() => Promise<void>>} ends the server
 */
async function serve(home, port, env, url, token) {
  const args = ['--server', 'Starlet', '--host', '127.0.0.1', '--port', String(port), '--max-workers', '2'];
  const program = '/usr/share/request-tracker5/libexec/rt-server';
  const server = spawn(...tieToThisProcess(program, args, 'TERM'), {
    cwd: home,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  let said = '';
  server.stderr.on('data', (/** @type {Buffer} */ chunk) => (said = (said + chunk.toString()).slice(-4000)));
  const over = new Promise((resolve) => server.once('exit', resolve));
  const end = async () => {
    if (server.exitCode === null && server.pid !== undefined) process.kill(-server.pid, 'SIGTERM');
    await over;
  };
  const limit = Date.now() + START_MS;
  while (Date.now() < limit && server.exitCode === null) {
    const headers = { authorization: `token ${token}` };
    const answer = await fetch(`${url}/REST/2.0/rt`, { headers }).catch(() => null);
    if (answer?.ok) return end;
    await pause(200);
  }
  await end();
  throw new Error(`Request Tracker did not start: ${said}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(startRequestTracker);

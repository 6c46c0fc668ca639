import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { cacheDir } from '../../scripts/setup/locations.mjs';
import { lastLines, runProcess } from '../../scripts/setup/run-process.mjs';
import { tieToThisProcess } from '../../scripts/setup/tied-process.mjs';
import { PeerUnavailable } from './debian-packages.mjs';
import { freePort } from './free-port.mjs';
import { runPeer } from './peer-command.mjs';
import { seedOrders, seedShop } from './vendure/seed.mjs';

/** Under the GPL, so it runs in a process of its own and is no dependency: its packages lie in the cache folder. */
const PACKAGES = ['@vendure/core@3.7.3', 'sql.js@1.16.0'];
const SERVER = fileURLToPath(new URL('vendure/server.cjs', import.meta.url));
const START_MS = 120_000;

/**
 * A real Vendure shop on loopback with its data in `dir`, seeded with the customers of the demo. A folder that was used before keeps its orders.
 *
 * @typedef {{ url: string, user: string, password: string }} VendureReady
 * @param {string} dir
 * @param {number} wantedPort 0 for any
 * @returns {Promise<{ ready: VendureReady, end: () => Promise<void> }>}
 */
export async function startVendure(dir, wantedPort) {
  const home = await installed();
  const data = path.resolve(dir);
  await mkdir(data, { recursive: true });
  const port = wantedPort === 0 ? await freePort() : wantedPort;
  const passwordFile = path.join(data, 'password');
  if (!existsSync(passwordFile))
    await writeFile(passwordFile, randomBytes(12).toString('hex'), { mode: 0o600 });
  const password = await readFile(passwordFile, 'utf8');
  const end = await serve({
    ...{ VENDURE_HOME: home, VENDURE_DATA: data, VENDURE_PORT: String(port), VENDURE_PASSWORD: password },
    VENDURE_CODES: seedOrders.map(({ code }) => code).join(','),
    ...{ VENDURE_DISABLE_TELEMETRY: 'true', DO_NOT_TRACK: '1' },
  });
  const url = `http://127.0.0.1:${port}`;
  const seeded = path.join(data, 'seeded');
  try {
    if (!existsSync(seeded)) {
      await seedShop(await signedIn(url, password));
      await writeFile(seeded, '');
    }
  } catch (error) {
    await end();
    throw error;
  }
  return { ready: { url, user: 'admin', password }, end };
}

/** Installs the packages once for all clones; what was interrupted begins again. */
async function installed() {
  const home = path.join(cacheDir(), 'peers', PACKAGES.join('_').replaceAll(/[^\w.-]+/g, '-'));
  if (existsSync(home)) return home;
  const begun = `${home}.${process.pid}`;
  await mkdir(begun, { recursive: true });
  await writeFile(path.join(begun, 'package.json'), '{"private":true}');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...PACKAGES];
  const { code, output } = await runProcess(npm, args, { cwd: begun });
  if (code !== 0) {
    await rm(begun, { recursive: true, force: true });
    throw new PeerUnavailable(`could not install ${PACKAGES.join(' and ')}: ${lastLines(output, 3)}`);
  }
  await rename(begun, home).catch(async (error) => {
    // Another test was first.
    await rm(begun, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  });
  return home;
}

/**
 * @param {Record<string, string>} env
 * @returns {Promise<() => Promise<void>>} ends the server
 */
async function serve(env) {
  const server = spawn(...tieToThisProcess(process.execPath, [SERVER], 'KILL'), {
    cwd: env['VENDURE_DATA'],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const listen = (/** @type {Buffer} */ chunk) => (said = (said + chunk.toString()).slice(-4000));
  server.stderr.on('data', listen);
  const over = new Promise((resolve) => server.once('exit', resolve));
  const end = async () => {
    if (server.exitCode === null) server.kill('SIGTERM');
    await over;
  };
  const isUp = new Promise((resolve) => {
    server.stdout.on('data', (/** @type {Buffer} */ chunk) => {
      listen(chunk);
      if (chunk.toString().includes('ready')) resolve(true);
    });
    setTimeout(() => resolve(false), START_MS).unref();
    over.then(() => resolve(false));
  });
  if (await isUp) return end;
  await end();
  throw new Error(`Vendure did not start: ${said}`);
}

/**
 * @param {string} url
 * @param {string} password
 */
async function signedIn(url, password) {
  let token = '';
  /** @type {(query: string, variables?: object) => Promise<Record<string, any>>} */
  const ask = async (query, variables = {}) => {
    const response = await fetch(`${url}/admin-api`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    token = response.headers.get('vendure-auth-token') ?? token;
    const { data, errors } = await response.json();
    const refused =
      errors ??
      Object.values(data).filter((value) => value?.errorCode || /Error$/.test(value?.__typename ?? ''));
    if (refused.length > 0)
      throw new Error(`Vendure refused ${query.slice(0, 80)}: ${JSON.stringify(refused).slice(0, 600)}`);
    return data;
  };
  await ask('mutation($p:String!){login(username:"admin",password:$p){__typename}}', { p: password });
  return ask;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await runPeer(startVendure);

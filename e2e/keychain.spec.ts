import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { expect, test } from '@playwright/test';

import { sandboxArguments } from '../scripts/launch/sandbox.mjs';
import { resolveElectron } from '../scripts/setup/electron-runtime.mjs';
import { endPeer, runPeer } from './probes/peer-process.js';

/** Words of the customer that stand nowhere else in the demo. */
const WORDS = 'I ordered a linen duvet cover and pillowcases';
const ENCRYPTED = ['desk.db', 'runs.db', 'ledger.db', 'helpdesk.db', 'helpdesk-events.db'];
const PLAIN = 'SQLite format 3';

let root: string;
test.beforeEach(async () => void (root = await mkdtemp(path.join(os.tmpdir(), 'cuecard-keychain-'))));
test.afterEach(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

/**
 * Runs the app until it has made one card, with the desktop's keyring (a session bus and a daemon of its own, unlocked) or without.
 * @returns its exit code and what it printed.
 */
async function run(store: 'gnome-libsecret' | 'basic'): Promise<{ code: number; printed: string }> {
  const runtime = await resolveElectron();
  if (!runtime) throw new Error('There is no Electron here yet. Run "npm start" or "npm test" once.');
  const { args } = await sandboxArguments(runtime.executablePath);
  const app = [runtime.executablePath, ...runtime.appArgs, ...args, `--password-store=${store}`];
  const script = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"';
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('ELECTRON_RUN'))),
    ...{ CUECARD_HOME: path.join(root, 'home'), XDG_DATA_HOME: path.join(root, 'keyring') },
    ...{ CUECARD_MIRROR_CARDS: '1', CUECARD_EXIT_AFTER_CARDS: '1', CUECARD_DEMO_ONLY: '01-order-status' },
    ...{ CUECARD_DEMO_PACE: '0', CUECARD_DEMO_SPACING_MS: '0' },
  };
  await mkdir(env.XDG_DATA_HOME, { recursive: true });
  try {
    const wrapped = ['--', 'sh', '-c', script, 'sh', ...app];
    const { stdout, stderr } = await promisify(execFile)('dbus-run-session', wrapped, {
      env,
      timeout: 60_000,
    });
    return { code: 0, printed: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, printed: stdout + stderr };
  }
}

const workspace = (): string => path.join(root, 'home/workspaces/demo');

async function isPlain(name: string): Promise<boolean> {
  const file = await open(path.join(workspace(), name));
  const { buffer } = await file.read(Buffer.alloc(PLAIN.length), 0, PLAIN.length, 0);
  await file.close();
  return buffer.toString('latin1') === PLAIN;
}

/** Files below the data folder that hold the words. */
async function filesWithWords(): Promise<string[]> {
  const home = path.join(root, 'home');
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && (await readFile(file)).includes(WORDS)) found.push(path.relative(home, file));
  }
  return found;
}

// Catches: an app that keeps customers' words in plain beside a real keyring, or that loses or moves what it kept while the keyring is away.
test('what is kept is encrypted once there is a keyring, and waits for it when it is away', async () => {
  // A fresh machine installs the keyring first.
  test.setTimeout(480_000);
  const keyring = await runPeer('keyring', root, '0');
  if (typeof keyring === 'string') return test.skip(true, keyring);
  await endPeer(keyring.child);
  expect(await run('basic')).toMatchObject({ code: 0 });
  expect(await isPlain('desk.db')).toBe(true);
  expect(await filesWithWords()).not.toEqual([]);

  expect(await run('gnome-libsecret')).toMatchObject({ code: 0 });
  for (const name of ENCRYPTED) expect(await isPlain(name), name).toBe(false);
  expect(await filesWithWords()).toEqual([]);

  const away = await run('basic');
  expect(away.code).toBe(1);
  expect(away.printed).toContain('the keychain does not give the key. Nothing was changed.');
  expect(await readdir(workspace())).not.toContain('set-aside');

  expect(await run('gnome-libsecret')).toMatchObject({ code: 0 });
  for (const name of ENCRYPTED) expect(await isPlain(name), name).toBe(false);
  expect(await readdir(workspace())).not.toContain('set-aside');
});

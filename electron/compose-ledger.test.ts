import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { silentLogger } from '../shared/lib/logger.js';
import { openLedgerOfApp, openLedgerOfCommand, type OpenLedger } from './compose-ledger.js';
import { composeStorage } from './compose-storage.js';
import { bundleForTests, type TestBundle } from './engine/bundle-worker-for-tests.js';
import { cipherForTests } from './platform/cipher-for-tests.js';
import { createDurableSecret } from './platform/durable-secret.js';
import { createLedgerRetention } from './privacy/ledger-retention.js';
import { createLedgerStore } from './privacy/ledger-store.js';
import { keyBoxOf, sealKey } from './privacy/sealed-key.js';
import { ensureWorkspace, type WorkspacePaths } from './workspace/workspace.js';

const WORDS = 'the customer wrote of a torn duvet';
let bundle: TestBundle;
beforeAll(async () => void (bundle = await bundleForTests('../command-ledger-for-tests.ts')));
afterAll(() => bundle.remove());

let workspace: WorkspacePaths;
let open: OpenLedger[];
beforeEach(() => {
  workspace = ensureWorkspace(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-ledger-')), 'Shop');
  open = [];
});
afterEach(() => {
  for (const ledger of open) ledger.close();
  fs.rmSync(workspace.dir, { recursive: true, force: true });
});

function app(user = 'me', isSafe = true): OpenLedger {
  const storage = composeStorage({
    workspace,
    secretIn: (file) => createDurableSecret(file, cipherForTests(user, isSafe)),
    whenLocked: () => 'begin_anew',
    createLogger: () => silentLogger,
    now: () => new Date(),
  });
  const ledger = openLedgerOfApp(workspace.ledgerDatabase, storage, silentLogger);
  open.push(ledger);
  return ledger;
}
async function command(): Promise<{ end: () => Promise<void>; kill: () => Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, [bundle.file, workspace.ledgerDatabase, WORDS], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  if (child.stdout) await Promise.race([once(child.stdout, 'data'), closed]);
  return {
    async end() {
      child.stdin?.write('end\n');
      await closed;
    },
    async kill() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
const entries = ({ database }: OpenLedger): string[] => {
  const store = createLedgerStore(database);
  return store
    .list({}, null, 100)
    .map(({ id, host }) => `${host}: ${store.body(id)?.bytes.toString('utf8') ?? ''}`);
};
const holdsWords = (): boolean =>
  fs
    .readdirSync(workspace.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => fs.readFileSync(path.join(entry.parentPath, entry.name)).includes(WORDS));
const ofCommands = (): string[] => {
  const folder = path.join(workspace.dir, 'ledger-of-commands');
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
};

// Catches a command that leaves what it sent in plain, whose requests the rep never sees, or that can read the rep's ledger.
it('takes over what a command wrote, and nobody can read it in between', async () => {
  const ledger = app();
  const running = await command();
  expect(holdsWords()).toBe(false);
  expect(ofCommands().length).toBeGreaterThan(1);
  // While it runs its file is left alone.
  expect(ledger.takeOver()).toBe(0);
  expect(entries(ledger)).toEqual([]);
  await running.end();
  expect(ledger.takeOver()).toBe(1);
  expect(entries(ledger)).toEqual([`models.test: ${WORDS}`]);
  expect(ofCommands()).toEqual([]);
  expect(ledger.takeOver()).toBe(0);
  expect(holdsWords()).toBe(false);
});

// Catches a request that left and is in no ledger, because its command was killed.
it('takes over what a killed command wrote, once', async () => {
  const ledger = app();
  await (await command()).kill();
  const kept = path.join(workspace.dir, 'kept');
  fs.cpSync(path.join(workspace.dir, 'ledger-of-commands'), kept, { recursive: true });
  expect(ledger.takeOver()).toBe(1);
  // As a kill leaves it between the transaction and the end of the files.
  fs.cpSync(kept, path.join(workspace.dir, 'ledger-of-commands'), { recursive: true });
  const [name = ''] = ofCommands().filter((entry) => entry.endsWith('.key'));
  ledger.database.prepare('INSERT INTO command_ledger VALUES (?)').run(name.slice(0, -4));
  expect(ledger.takeOver()).toBe(0);
  expect(entries(ledger)).toHaveLength(1);
  expect(ofCommands()).toEqual([]);
});

it('removes what a command left that was killed before it wrote anything', async () => {
  const ledger = app();
  await (await command()).kill();
  for (const name of ofCommands().filter((entry) => !entry.endsWith('.key')))
    fs.writeFileSync(path.join(workspace.dir, 'ledger-of-commands', name), '');
  expect(ledger.takeOver()).toBe(0);
  expect(ofCommands()).toEqual([]);
});

it('lets a command write into the ledger of the workspace where it is not encrypted', async () => {
  const ledger = app('me', false);
  await (await command()).end();
  expect(entries(ledger)).toHaveLength(1);
  expect(ofCommands()).toEqual([]);
});

// Catches requests that left and are in no ledger: the app put an encrypted one in the place of the plain one a command was writing into.
it('is not replaced under a command that writes into it in plain', async () => {
  const running = await command();
  const meanwhile = app();
  expect(holdsWords()).toBe(true);
  await running.end();
  expect(entries(meanwhile)).toEqual([`models.test: ${WORDS}`]);
});

// Catches a command that moves away the ledger the app has open.
it('leaves a damaged ledger to the app', () => {
  fs.writeFileSync(workspace.ledgerDatabase, 'SQLite format 3\0'.padEnd(8192, 'x'));
  const files = fs.readdirSync(workspace.dir);
  expect(() => openLedgerOfCommand(workspace.ledgerDatabase)).toThrow(
    expect.objectContaining({ error: expect.objectContaining({ code: 'LEDGER_NEEDS_APP' }) as unknown }),
  );
  expect(fs.readdirSync(workspace.dir)).toEqual(files);
  expect(entries(app())).toEqual([]);
  expect(fs.existsSync(path.join(workspace.dir, 'set-aside'))).toBe(true);
});

it('keeps a damaged ledger of a command and does not try it again', async () => {
  const ledger = app();
  await (await command()).kill();
  const names = ofCommands().filter((name) => name.endsWith('.db'));
  for (const name of names)
    fs.writeFileSync(path.join(workspace.dir, 'ledger-of-commands', name), 'no database'.repeat(1000));
  for (const name of ofCommands().filter((entry) => /-(wal|shm)$/.test(entry)))
    fs.rmSync(path.join(workspace.dir, 'ledger-of-commands', name));
  expect(ledger.takeOver()).toBe(0);
  expect(ofCommands()).toEqual(expect.arrayContaining(names));
  expect(ofCommands().some((name) => name.endsWith('.key'))).toBe(false);
  expect(ledger.database.prepare('PRAGMA busy_timeout').raw().get()).toEqual([3000]);
});

it('says what to do where the ledger is encrypted and nothing says how to add to it', () => {
  app();
  fs.rmSync(path.join(workspace.dir, 'ledger-seal.json'));
  expect(() => openLedgerOfCommand(workspace.ledgerDatabase)).toThrow(
    expect.objectContaining({ error: expect.objectContaining({ code: 'LEDGER_NEEDS_APP' }) as unknown }),
  );
});

it('leaves what was sealed for another key where it is', async () => {
  app();
  await (await command()).kill();
  const before = ofCommands();
  for (const ledger of open.splice(0)) ledger.close();
  const other = app('somebody else');
  expect(other.takeOver()).toBe(0);
  expect(ofCommands()).toEqual(before);
});

it('leaves no files of a command that sent nothing', () => {
  app();
  const own = openLedgerOfCommand(workspace.ledgerDatabase);
  expect(ofCommands().length).toBeGreaterThan(1);
  own.close();
  expect(ofCommands()).toEqual([]);
});

// Catches a ledger that loses what the app wrote yesterday because a command of long ago was taken over after it.
it('removes by age what is old, and nothing that merely came before it', () => {
  const { database } = app();
  const add = (at: string): void => {
    database
      .prepare(
        `INSERT INTO egress (at, kind, method, host, path, headers, sha256, body_bytes, stored_bytes, replaced, kept, replaced_count, kept_count)
         VALUES (?, 'chat', 'POST', ?, '/', '{}', '', 0, 0, '{}', '{}', 0, 0)`,
      )
      .run(at, at);
  };
  add('2026-11-26T00:00:00Z');
  add('2026-10-01T00:00:00Z');
  const retention = createLedgerRetention(database);
  const limits = { keepDays: 30, keepMegabytes: 500 };
  expect(retention.prune(limits, new Date('2026-11-27T00:00:00Z'))).toBe(1);
  expect(database.prepare('SELECT at FROM egress').raw().all()).toEqual([['2026-11-26T00:00:00Z']]);
});

it('opens a sealed key for its own box alone', () => {
  const box = keyBoxOf('a1'.repeat(32));
  const sealed = sealKey(box.publicKey, 'secret');
  expect(sealed).not.toContain('secret');
  expect(keyBoxOf('a1'.repeat(32)).open(sealed)).toBe('secret');
  expect(keyBoxOf('b2'.repeat(32)).open(sealed)).toBeNull();
  expect(box.open(sealed.replace(/"text":"./, '"text":"_'))).toBeNull();
  expect(box.open('no box')).toBeNull();
});

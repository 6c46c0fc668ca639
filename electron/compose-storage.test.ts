import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { AppErrorException } from '../shared/errors/app-error.js';
import { silentLogger } from '../shared/lib/logger.js';
import { composeStorage, type DeskStorage } from './compose-storage.js';
import { cipherForTests } from './platform/cipher-for-tests.js';
import { createDurableSecret } from './platform/durable-secret.js';
import type { Cipher } from './platform/secret-file.js';
import { setAside, undoUnfinished } from './storage/set-aside.js';
import { ensureWorkspace, type WorkspacePaths } from './workspace/workspace.js';

const WORDS = 'the duvet cover is torn';
const tables = [{ scope: 'said', statements: ['CREATE TABLE IF NOT EXISTS said (text TEXT)'] }];

let workspace: WorkspacePaths;
beforeEach(() => {
  workspace = ensureWorkspace(fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-storage-')), 'Shop');
});
afterEach(() => fs.rmSync(workspace.dir, { recursive: true, force: true }));

const start = (
  cipher: Cipher,
  whenLocked: () => 'try_again' | 'begin_anew' = () => 'begin_anew',
): DeskStorage =>
  composeStorage({
    workspace,
    secretIn: (file) => createDurableSecret(file, cipher),
    whenLocked,
    createLogger: () => silentLogger,
    now: () => new Date('2026-11-27T10:00:00Z'),
  });
const said = (storage: DeskStorage, file: string): number => {
  const database = storage.open(file, tables);
  const { count } = database.prepare('SELECT COUNT(*) AS count FROM said').get() as { count: number };
  database.close();
  return count;
};
/** In a process that is killed, so that the newest words are in the log of writes alone. */
function sayAndDie(file: string, key: string | null): void {
  const script = `
    const database = new (require('libsql'))(process.argv[1], process.argv[2] ? { encryptionCipher: 'aes256cbc', encryptionKey: process.argv[2] } : {});
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS said (text TEXT); INSERT INTO said VALUES ('${WORDS}')");
    process.kill(process.pid, 'SIGKILL')`;
  expect(() =>
    execFileSync(process.execPath, ['-e', script, file, key ?? ''], { cwd: process.cwd(), stdio: 'ignore' }),
  ).toThrow();
  expect(fs.statSync(`${file}-wal`).size).toBeGreaterThan(0);
}
/** Files below the workspace with words in plain. */
const inPlain = (): string[] =>
  fs
    .readdirSync(workspace.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => fs.readFileSync(file).includes(WORDS))
    .map((file) => path.relative(workspace.dir, file));
const asideIn = (folder: string): string[] => fs.readdirSync(folder).sort();

// Catches words of customers that stay readable after an update, and decisions of before that the update loses.
it('brings over what lies in plain, with what only the log of writes holds, once there is a keychain', () => {
  expect(start(cipherForTests('me', false))).toMatchObject({ key: null, problem: null });
  for (const file of [workspace.deskDatabase, workspace.ledgerDatabase, workspace.runsDatabase])
    sayAndDie(file, null);
  expect(inPlain()).not.toEqual([]);
  const storage = start(cipherForTests('me'));
  expect(storage.problem).toBeNull();
  expect(storage.key).toMatch(/^[0-9a-f]{64}$/);
  expect(inPlain()).toEqual([]);
  expect(said(storage, workspace.deskDatabase)).toBe(1);
  expect(said(storage, workspace.ledgerDatabase)).toBe(1);
  expect(said(storage, workspace.runsDatabase)).toBe(1);
  const again = start(cipherForTests('me'));
  expect([again.key, again.problem]).toEqual([storage.key, null]);
  expect(said(again, workspace.deskDatabase)).toBe(1);
});

// Catches a key that lies beside what it locks.
it('keeps the key nowhere in plain', () => {
  const { key } = start(cipherForTests('me'));
  for (const name of fs.readdirSync(workspace.dir, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(workspace.dir, name);
    if (fs.statSync(file).isFile()) expect(fs.readFileSync(file, 'utf8')).not.toContain(key);
  }
});

// Catches decisions that are lost, or overwritten, with a keychain that was reset or another user's.
it('puts aside what the keychain gives no key for, whole, and it can be used again where the key is', () => {
  const first = start(cipherForTests('me'));
  sayAndDie(workspace.deskDatabase, first.key);
  sayAndDie(workspace.helpdeskEvents, first.key);
  const bytes = fs.readFileSync(`${workspace.deskDatabase}-wal`);

  const second = start(cipherForTests('somebody else'));
  expect(second.key).not.toBe(first.key);
  expect(second.problem).toMatchObject({ code: 'WORKSPACE_SET_ASIDE' });
  const folder = second.problem?.detail ?? '';
  expect(asideIn(folder)).toEqual(
    expect.arrayContaining(['READ-ME.txt', 'desk.db', 'desk.db-wal', 'helpdesk-events.db', 'helpdesk-key']),
  );
  expect(fs.readFileSync(path.join(folder, 'desk.db-wal'))).toEqual(bytes);
  expect(said(second, workspace.deskDatabase)).toBe(0);
  expect(start(cipherForTests('somebody else')).problem).toBeNull();

  // As READ-ME.txt says.
  for (const name of fs.readdirSync(workspace.dir).filter((entry) => /\.db|^helpdesk-key$/.test(entry)))
    fs.rmSync(path.join(workspace.dir, name));
  for (const name of asideIn(folder).filter((entry) => entry !== 'READ-ME.txt'))
    fs.renameSync(path.join(folder, name), path.join(workspace.dir, name));
  const third = start(cipherForTests('me'));
  expect([third.key, third.problem]).toEqual([first.key, null]);
  expect(said(third, workspace.deskDatabase)).toBe(1);
  expect(said(third, workspace.helpdeskEvents)).toBe(1);
});

// Catches a refund paid twice, because the desk that knew of it was put aside while the keychain was only locked.
it('moves nothing while the keychain may only be locked, and goes on when it gives the key', () => {
  const first = start(cipherForTests('me'));
  sayAndDie(workspace.deskDatabase, first.key);
  const files = fs.readdirSync(workspace.dir).sort();
  const quit = (): never => {
    throw new AppErrorException('WORKSPACE_KEY_LOCKED');
  };
  for (const locked of [cipherForTests('me', false), cipherForTests('somebody else')]) {
    expect(() => start(locked, quit)).toThrow(/Nothing was changed/);
    expect(fs.readdirSync(workspace.dir).sort()).toEqual(files);
  }
  let user = 'nobody yet';
  const waking: Cipher = { ...cipherForTests(''), decrypt: (bytes) => cipherForTests(user).decrypt(bytes) };
  const again = start(waking, () => {
    user = 'me';
    return 'try_again';
  });
  expect([again.key, again.problem]).toEqual([first.key, null]);
  expect(said(again, workspace.deskDatabase)).toBe(1);
});

// Catches a desk that is put aside because a full disk or a scanner kept the key from being tried.
it('moves nothing where the key cannot be tried', () => {
  const first = start(cipherForTests('me'));
  sayAndDie(workspace.deskDatabase, first.key);
  fs.mkdirSync(`${workspace.deskDatabase}.probe/occupied`, { recursive: true });
  expect(() => start(cipherForTests('me'))).toThrow(
    expect.objectContaining({
      error: expect.objectContaining({ code: 'WORKSPACE_NOT_WRITABLE' }) as unknown,
    }),
  );
  fs.rmSync(`${workspace.deskDatabase}.probe`, { recursive: true });
  expect(said(start(cipherForTests('me')), workspace.deskDatabase)).toBe(1);
});

it('puts the damaged ledgers of earlier versions where they are found', () => {
  fs.writeFileSync(`${workspace.ledgerDatabase}.damaged-1`, WORDS);
  const storage = start(cipherForTests('me'));
  expect(storage.problem).toBeNull();
  const [folder = ''] = fs.readdirSync(storage.aside() ?? '');
  expect(asideIn(path.join(storage.aside() ?? '', folder))).toEqual(['READ-ME.txt', 'ledger.db.damaged-1']);
});

it('puts aside where there is no keychain today, and leaves key and messages for the day there is one', () => {
  const first = start(cipherForTests('me'));
  sayAndDie(workspace.deskDatabase, first.key);
  sayAndDie(workspace.helpdeskDatabase, first.key);
  const second = start(cipherForTests('me', false));
  expect(second).toMatchObject({ key: null, problem: { code: 'WORKSPACE_SET_ASIDE' } });
  expect(asideIn(second.problem?.detail ?? '')).not.toContain('helpdesk-key');
  sayAndDie(workspace.deskDatabase, null);

  const third = start(cipherForTests('me'));
  expect(third.key).toBe(first.key);
  // The rep is reminded of what can be read again.
  expect(third.problem).toMatchObject({
    ...{ code: 'WORKSPACE_ASIDE_READABLE', detail: second.problem?.detail },
  });
  // What was decided meanwhile is there, and encrypted from now on.
  expect(said(third, workspace.deskDatabase)).toBe(1);
  expect(said(third, workspace.helpdeskDatabase)).toBe(1);
  expect(inPlain()).toEqual([]);
});

// Catches a log of writes that SQLite throws away because a damaged or foreign file was opened with the wrong key.
it('puts a file aside that is damaged from its first bytes on, and opens the others', () => {
  const first = start(cipherForTests('me'));
  sayAndDie(workspace.deskDatabase, first.key);
  fs.writeFileSync(workspace.ledgerDatabase, 'no database at all'.repeat(1000));
  const second = start(cipherForTests('me'));
  expect(second).toMatchObject({ key: first.key, problem: { code: 'WORKSPACE_SET_ASIDE' } });
  expect(asideIn(second.problem?.detail ?? '')).toEqual(['READ-ME.txt', 'ledger.db']);
  expect(said(second, workspace.deskDatabase)).toBe(1);
});

// Catches a database that is half here and half there, because the app went down while it moved files aside.
it('takes back what a killed start had moved, wherever it was killed', () => {
  const names = ['desk.db', 'desk.db-wal', 'ledger.db', 'helpdesk-key'];
  for (const moved of [0, 1, 2, 3, 4]) {
    for (const name of names) fs.writeFileSync(path.join(workspace.dir, name), `content of ${name}`);
    const folder = path.join(workspace.dir, 'set-aside', '2026-11-27T09-00-00');
    fs.mkdirSync(folder, { recursive: true });
    for (const name of names.slice(0, moved))
      fs.renameSync(path.join(workspace.dir, name), path.join(folder, name));
    undoUnfinished(workspace.dir);
    for (const name of names)
      expect(fs.readFileSync(path.join(workspace.dir, name), 'utf8')).toBe(`content of ${name}`);
    expect(fs.existsSync(folder)).toBe(false);
  }
  const folder = setAside(workspace.dir, [workspace.deskDatabase], new Date());
  undoUnfinished(workspace.dir);
  expect(asideIn(folder)).toEqual(['READ-ME.txt', 'desk.db', 'desk.db-wal']);
});

// Catches a command's request that is lost with the plain ledger it was written into while the app put an encrypted one in its place.
it('leaves a file in plain while another process has it open, says so, and encrypts it the next time', async () => {
  const script = `
    const database = new (require('libsql'))(process.argv[1]);
    database.exec("PRAGMA journal_mode = WAL; CREATE TABLE said (text TEXT); INSERT INTO said VALUES ('${WORDS}')");
    process.stdin.on('data', () => { database.exec("INSERT INTO said VALUES ('${WORDS}')"); process.exit(0); });
    console.log('open')`;
  const other = spawn(process.execPath, ['-e', script, workspace.ledgerDatabase], { cwd: process.cwd() });
  await once(other.stdout, 'data');
  const meanwhile = start(cipherForTests('me'));
  expect(meanwhile.problem).toMatchObject({ code: 'WORKSPACE_NOT_ENCRYPTED', detail: 'ledger.db' });
  const ended = once(other, 'exit');
  other.stdin.write('go on\n');
  await ended;
  const later = start(cipherForTests('me'));
  expect(later.problem).toBeNull();
  expect(inPlain()).toEqual([]);
  expect(said(later, workspace.ledgerDatabase)).toBe(2);
});

// Catches a start without a keychain that leaves runs, which nobody reads there, in plain beyond "Forget this customer".
it('keeps no runs in plain', () => {
  sayAndDie(workspace.runsDatabase, null);
  start(cipherForTests('me', false));
  expect(inPlain()).toEqual([]);
});

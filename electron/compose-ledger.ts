import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { AppErrorException, errorCodeOf } from '../shared/errors/app-error.js';
import type { Logger } from '../shared/lib/logger.js';
import type { DeskStorage } from './compose-storage.js';
import { privacyMigrations } from './privacy/privacy-tables.js';
import { keyBoxOf, sealKey } from './privacy/sealed-key.js';
import { openDatabase, type Database } from './storage/database.js';
import { attach, kindOfDatabaseFile } from './storage/database-file.js';

/** An open ledger. */
export interface OpenLedger {
  readonly database: Database;
  /** Takes over what commands wrote into ledgers of their own. @returns how many requests came. */
  takeOver(): number;
  close(): void;
}

const migrations = [{ scope: 'privacy', statements: privacyMigrations }];
const ENCRYPTED = '.db';
const KEY = '.key';

/**
 * The ledger of the app. Where it is encrypted, it says in a file beside it how commands, which cannot read its key, may seal ledgers of
 * their own for it. A damaged ledger is moved aside, where it can still be looked at; a new one begins.
 * @throws AppErrorException LEDGER_NOT_WRITABLE.
 */
export function openLedgerOfApp(file: string, storage: DeskStorage, log: Logger): OpenLedger {
  const { seal } = besideLedger(file);
  const database = openOrBegin(file, () => storage.open(file, migrations), log);
  const box = storage.key === null ? null : keyBoxOf(storage.key);
  try {
    if (box) writeSeal(seal, box.publicKey);
    else fs.rmSync(seal, { force: true });
  } catch (cause) {
    log.warn('ledger.seal_not_written', { code: errorCodeOf(cause) });
  }
  return {
    database,
    takeOver: () => (box ? takeOverAll(database, file, (sealed) => box.open(sealed), log) : 0),
    close: () => database.close(),
  };
}

/**
 * The ledger of one command: that of the workspace where it is not encrypted, else one of its own, encrypted with a key that only the app can
 * take out; the app adds it to the ledger of the workspace.
 * @throws AppErrorException LEDGER_NEEDS_APP, LEDGER_NOT_WRITABLE.
 */
export function openLedgerOfCommand(file: string, log: Logger): OpenLedger {
  const { seal, folder } = besideLedger(file);
  const isOpen = (): boolean => {
    const kind = kindOfDatabaseFile(file);
    return kind === 'plain' || (kind === 'none' && !fs.existsSync(seal));
  };
  if (isOpen()) {
    const database = openOrBegin(file, () => openDatabase(file, migrations), log);
    // The app may have put an encrypted one in its place before this one was locked.
    if (isOpen()) return { database, takeOver: () => 0, close: () => database.close() };
    database.close();
  }
  const publicKey = readSeal(seal);
  if (publicKey === null) throw new AppErrorException('LEDGER_NEEDS_APP', file);
  const own = path.join(folder, randomUUID());
  try {
    const key = randomBytes(32).toString('hex');
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(own + KEY, sealKey(publicKey, key), { mode: 0o600, flush: true });
    const database = openDatabase(own + ENCRYPTED, migrations, 'full', key);
    return {
      database,
      takeOver: () => 0,
      close() {
        const { count } = database.prepare('SELECT COUNT(*) AS count FROM egress').get() as { count: number };
        database.close();
        if (count === 0) remove(own);
      },
    };
  } catch (cause) {
    throw notWritable(cause);
  }
}

const besideLedger = (file: string): { readonly seal: string; readonly folder: string } => ({
  seal: path.join(path.dirname(file), 'ledger-seal.json'),
  folder: path.join(path.dirname(file), 'ledger-of-commands'),
});

const Seal = z.object({ publicKey: z.string() });

function readSeal(seal: string): string | null {
  try {
    return Seal.parse(JSON.parse(fs.readFileSync(seal, 'utf8'))).publicKey;
  } catch {
    return null;
  }
}

function writeSeal(seal: string, publicKey: string): void {
  if (readSeal(seal) === publicKey) return;
  fs.writeFileSync(`${seal}.new`, JSON.stringify({ publicKey }), { flush: true });
  fs.renameSync(`${seal}.new`, seal);
}

function remove(own: string): void {
  // The key last: what is left without it nobody can read.
  for (const rest of ['-wal', '-shm', '-journal', '']) fs.rmSync(own + ENCRYPTED + rest, { force: true });
  fs.rmSync(own + KEY, { force: true });
}

function takeOverAll(
  database: Database,
  file: string,
  open: (sealed: string) => string | null,
  log: Logger,
): number {
  const { folder } = besideLedger(file);
  if (!fs.existsSync(folder)) return 0;
  let count = 0;
  for (const name of fs.readdirSync(folder).filter((entry) => entry.endsWith(KEY))) {
    const id = name.slice(0, -KEY.length);
    try {
      const key = open(fs.readFileSync(path.join(folder, name), 'utf8'));
      // Sealed for another key of this workspace: it waits for that one.
      if (key !== null) count += takeOver(database, path.join(folder, id), id, key);
    } catch (cause) {
      // Its command still writes, or the disk refuses: the next time.
      log.info('ledger.command_waits', { code: errorCodeOf(cause) });
    }
  }
  return count;
}

const COLUMNS =
  'at, kind, task, run_id, conversation_id, method, host, path, headers, sha256, body_bytes, stored_bytes, replaced, kept, ' +
  'replaced_count, kept_count, state, status, answer_bytes, duration_ms, failure, input_tokens, output_tokens, cost_micros';

/** In one transaction with a note that it was done, so that a kill before the files are gone adds nothing twice. */
function takeOver(database: Database, own: string, id: string, key: string): number {
  let count = 0;
  if (kindOfDatabaseFile(own + ENCRYPTED) !== 'none') {
    database.exec(`PRAGMA busy_timeout = 0; ${attach(own + ENCRYPTED, 'command', key)}`);
    try {
      // Fails while its command has it open.
      database.exec('PRAGMA command.locking_mode = EXCLUSIVE; PRAGMA command.journal_mode = DELETE');
      const add = database.transaction(() => {
        const { changes } = database.prepare('INSERT OR IGNORE INTO command_ledger VALUES (?)').run(id);
        if (changes === 0) return 0;
        const ids = database.prepare('SELECT id FROM command.egress ORDER BY id').raw().all() as [number][];
        for (const [entry] of ids) {
          database
            .prepare(
              `INSERT INTO main.egress (${COLUMNS}) SELECT ${COLUMNS} FROM command.egress WHERE id = ?`,
            )
            .run(entry);
          database
            .prepare(
              'INSERT INTO main.egress_body SELECT last_insert_rowid(), packing, bytes FROM command.egress_body WHERE entry_id = ?',
            )
            .run(entry);
        }
        return ids.length;
      });
      count = add.immediate();
    } finally {
      database.exec('DETACH command; PRAGMA busy_timeout = 3000');
    }
  }
  remove(own);
  database.prepare('DELETE FROM command_ledger WHERE id = ?').run(id);
  return count;
}

function openOrBegin(file: string, open: () => Database, log: Logger): Database {
  try {
    return open();
  } catch (cause) {
    if (!(cause instanceof AppErrorException)) throw cause;
    if (cause.error.code !== 'WORKSPACE_DATABASE_CORRUPT') throw notWritable(cause);
    log.error('ledger.damaged', { code: cause.error.code });
    try {
      const aside = `${file}.damaged-${String(Date.now())}`;
      for (const rest of ['', '-wal', '-shm'])
        if (fs.existsSync(file + rest)) fs.renameSync(file + rest, aside + rest);
      return open();
    } catch (again) {
      throw notWritable(again);
    }
  }
}

const notWritable = (cause: unknown): AppErrorException =>
  new AppErrorException('LEDGER_NOT_WRITABLE', cause instanceof Error ? cause.message : String(cause), {
    cause,
  });

import { randomBytes, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { AppErrorException, errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import { openDatabase, type Database } from '../storage/database.js';
import { privacyMigrations } from './privacy-tables.js';
import { keyBoxOf, sealKey } from './sealed-key.js';

/*
 * The command line cannot read the key of an encrypted ledger. It writes what it sends into a ledger of its own, `ledger-of-commands/<id>.db`,
 * encrypted with a key made for that one command, and seals this key for the app (`<id>.key`) with a public key that the app left in
 * `ledger-seal.json`. The app adds the requests to its ledger and removes both files.
 */

const DATABASE = '.db';
const KEY = '.key';

const sealOf = (ledger: string): string => path.join(path.dirname(ledger), 'ledger-seal.json');
const folderOf = (ledger: string): string => path.join(path.dirname(ledger), 'ledger-of-commands');

/** Says how commands may seal for this ledger; nothing is said, and so nothing sealed, where it has no key. @throws what the file system throws. */
export function sayHowToSeal(ledger: string, databaseKey: string | null): void {
  const seal = sealOf(ledger);
  if (databaseKey === null) return fs.rmSync(seal, { force: true });
  const { publicKey } = keyBoxOf(databaseKey);
  if (howToSeal(ledger) === publicKey) return;
  fs.writeFileSync(`${seal}.new`, JSON.stringify({ publicKey }), { flush: true });
  fs.renameSync(`${seal}.new`, seal);
}

/** The public key to seal with; null where the app has said none. */
export function howToSeal(ledger: string): string | null {
  try {
    return z.object({ publicKey: z.string() }).parse(JSON.parse(fs.readFileSync(sealOf(ledger), 'utf8')))
      .publicKey;
  } catch {
    return null;
  }
}

/**
 * Begins the ledger of one command. Closed without a request, it leaves no files.
 * @throws AppErrorException LEDGER_NEEDS_APP; what the file system throws.
 */
export function beginCommandLedger(ledger: string): { readonly database: Database; close(): void } {
  const publicKey = howToSeal(ledger);
  if (publicKey === null) throw new AppErrorException('LEDGER_NEEDS_APP', ledger);
  const own = path.join(folderOf(ledger), randomUUID());
  const key = randomBytes(32).toString('hex');
  fs.mkdirSync(path.dirname(own), { recursive: true, mode: 0o700 });
  const migrations = [{ scope: 'privacy', statements: privacyMigrations }];
  const database = openDatabase(own + DATABASE, migrations, 'full', key);
  // Afterwards: while the database is open nobody takes it over.
  fs.writeFileSync(own + KEY, sealKey(publicKey, key), { mode: 0o600, flush: true });
  return {
    database,
    close() {
      const { count } = database.prepare('SELECT COUNT(*) AS count FROM egress').get() as { count: number };
      database.close();
      if (count === 0) remove(own);
    },
  };
}

export interface TakeOverOptions {
  readonly database: Database;
  /** The file of {@link database}. */
  readonly ledger: string;
  readonly databaseKey: string;
  /** The statement that opens an encrypted file beside the database. */
  readonly attach: (file: string, as: string, key: string) => string;
  readonly log: Logger;
}

/** Adds what commands that have ended wrote, each once. @returns how many requests came. */
export function takeOverCommandLedgers(options: TakeOverOptions): number {
  const folder = folderOf(options.ledger);
  if (!fs.existsSync(folder)) return 0;
  const box = keyBoxOf(options.databaseKey);
  removeUnbegun(folder);
  let count = 0;
  for (const name of fs.readdirSync(folder).filter((entry) => entry.endsWith(KEY))) {
    const own = path.join(folder, name.slice(0, -KEY.length));
    try {
      const key = box.open(fs.readFileSync(path.join(folder, name), 'utf8'));
      // Sealed for another key of this workspace: it waits for that one.
      if (key !== null) count += takeOver(options, own, key);
    } catch (cause) {
      const { code } = cause as { code?: unknown };
      const isDamaged = code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT';
      // Its command still writes, or the disk refuses: the next time. A damaged one is kept and not tried again.
      options.log.info('ledger.command_waits', { code: isDamaged ? 'damaged' : errorCodeOf(cause) });
      if (isDamaged) fs.renameSync(own + KEY, `${own + KEY}.damaged`);
    }
  }
  return count;
}

/** What commands left that were killed before they could write anything: without a key nobody can read it. */
function removeUnbegun(folder: string): void {
  const names = fs.readdirSync(folder);
  const sealed = new Set(names.filter((name) => name.includes(KEY)).map((name) => name.split('.')[0]));
  for (const name of names) {
    const file = path.join(folder, name);
    if (!sealed.has(name.split('.')[0]) && Date.now() - fs.statSync(file).mtimeMs > DAY_MS)
      fs.rmSync(file, { force: true });
  }
}

const DAY_MS = 86_400_000;
const COLUMNS =
  'at, kind, task, run_id, conversation_id, method, host, path, headers, sha256, body_bytes, stored_bytes, replaced, kept, ' +
  'replaced_count, kept_count, state, status, answer_bytes, duration_ms, failure, input_tokens, output_tokens, cost_micros';

/** In one transaction with a note that it was done, so that a kill before the files are gone adds nothing twice. */
function takeOver({ database, attach }: TakeOverOptions, own: string, key: string): number {
  const id = path.basename(own);
  let count = 0;
  if (fs.existsSync(own + DATABASE)) {
    // A command that runs is not waited for.
    database.exec('PRAGMA busy_timeout = 0');
    try {
      database.exec(attach(own + DATABASE, 'command', key));
      database.exec('PRAGMA command.locking_mode = EXCLUSIVE; PRAGMA command.journal_mode = DELETE');
      count = database.transaction(() => addFrom(database, id)).immediate();
    } finally {
      database.exec('PRAGMA busy_timeout = 3000');
      detach(database);
    }
  }
  remove(own);
  database.prepare('DELETE FROM command_ledger WHERE id = ?').run(id);
  return count;
}

function detach(database: Database): void {
  try {
    database.exec('DETACH command');
  } catch {
    // It was not attached.
  }
}

function addFrom(database: Database, id: string): number {
  if (database.prepare('INSERT OR IGNORE INTO command_ledger VALUES (?)').run(id).changes === 0) return 0;
  // Its command may have been killed before it wrote anything.
  const isBegun = database.prepare("SELECT 1 FROM command.sqlite_schema WHERE name = 'egress'").get();
  if (isBegun === undefined) return 0;
  const entries = database.prepare('SELECT id FROM command.egress ORDER BY id').raw().all() as [number][];
  const addEntry = database.prepare(
    `INSERT INTO main.egress (${COLUMNS}) SELECT ${COLUMNS} FROM command.egress WHERE id = ?`,
  );
  const addBody = database.prepare(
    'INSERT INTO main.egress_body SELECT last_insert_rowid(), packing, bytes FROM command.egress_body WHERE entry_id = ?',
  );
  for (const [entry] of entries) {
    addEntry.run(entry);
    addBody.run(entry);
  }
  return entries.length;
}

function remove(own: string): void {
  // The key last: what is left without it nobody can read.
  for (const rest of ['-wal', '-shm', '-journal', '']) fs.rmSync(own + DATABASE + rest, { force: true });
  fs.rmSync(own + KEY, { force: true });
}

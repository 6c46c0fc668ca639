import fs from 'node:fs';
import path from 'node:path';

import Libsql from 'libsql';

import { attach, CIPHER, databaseUri, kindOfDatabaseFile } from './database-file.js';

/** What SQLite keeps beside a database. */
export const BESIDE_A_DATABASE = ['-wal', '-shm', '-journal'] as const;
/** How long another process may still be busy with the file. */
const BUSY_MS = 1000;

/**
 * Puts an encrypted copy in the place of a plain database, with all that its log of writes holds. A kill at any moment leaves either the
 * plain one, whole, or the encrypted one, whole: the copy is made beside it, compared and on the disk before it takes its place in one step,
 * and the plain one has no log by then that could be played into it.
 * @returns whether there was something to do.
 * @throws what SQLite or the file system throws; the plain database is then as it was. `SQLITE_BUSY` while another process has it open.
 */
export function encryptDatabase(file: string, key: string): boolean {
  removeUnfinished(file);
  if (kindOfDatabaseFile(file) !== 'plain') return false;
  const copy = unfinished(file);
  // Databases that are attached are closed by DETACH, one that is opened not before its statements are collected.
  const database = new Libsql(':memory:');
  try {
    database.exec(`PRAGMA busy_timeout = ${String(BUSY_MS)}; ${attach(file, 'plain', null)}`);
    // Writes the log back and removes it; fails while others have the file open, and keeps them out from then on.
    database.exec(
      'PRAGMA plain.locking_mode = EXCLUSIVE; PRAGMA plain.journal_mode = DELETE; BEGIN EXCLUSIVE; COMMIT',
    );
    refuseLog(file);
    database.exec(`VACUUM plain INTO '${databaseUri(copy, { cipher: CIPHER, key })}'`);
    database.exec(attach(copy, 'copy', key));
    compare(database);
    database.exec('DETACH copy');
    sync(copy);
    putInPlace(database, copy, file);
    return true;
  } finally {
    database.close();
    removeUnfinished(file);
  }
}

const unfinished = (file: string): string => `${file}.encrypting`;

function removeUnfinished(file: string): void {
  for (const rest of ['', ...BESIDE_A_DATABASE]) fs.rmSync(`${unfinished(file)}${rest}`, { force: true });
}

function refuseLog(file: string): void {
  const log = fs.statSync(`${file}-wal`, { throwIfNoEntry: false });
  if (log && log.size > 0) throw new Error(`${file}: its log of writes is still there`);
}

/** @throws when the copy is not sound, or has not what the plain one has. */
function compare(database: Libsql.Database): void {
  const rows = (sql: string): unknown[][] => database.prepare(sql).raw().all() as unknown[][];
  const [verdict] = rows('PRAGMA copy.quick_check(1)').flat();
  if (verdict !== 'ok') throw new Error(`the encrypted copy is damaged: ${String(verdict)}`);
  const schema = (of: string): unknown[][] =>
    rows(`SELECT type, name, tbl_name, sql FROM ${of}.sqlite_schema ORDER BY type, name`);
  const plain = schema('plain');
  const isSame = JSON.stringify(plain) === JSON.stringify(schema('copy'));
  const tables = plain.filter(([type]) => type === 'table').map(([, name]) => quoted(String(name)));
  const count = (of: string, table: string): unknown => rows(`SELECT COUNT(*) FROM ${of}.${table}`)[0]?.[0];
  if (!isSame || tables.some((table) => count('plain', table) !== count('copy', table)))
    throw new Error('the encrypted copy is not complete');
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

function putInPlace(database: Libsql.Database, copy: string, file: string): void {
  // Windows renames nothing over a file that is open. Elsewhere nobody may come in between, so the lock ends last; the journal
  // (it is empty: nothing is being written) goes first, since it has the name that the encrypted database's journal would have.
  if (process.platform === 'win32') database.exec('DETACH plain');
  fs.rmSync(`${file}-journal`, { force: true });
  fs.renameSync(copy, file);
  syncFolder(path.dirname(file));
  if (process.platform !== 'win32') database.exec('DETACH plain');
}

function sync(file: string): void {
  const handle = fs.openSync(file, 'r+');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Makes a rename outlast a power failure, where a folder can be synced. */
export function syncFolder(dir: string): void {
  try {
    const handle = fs.openSync(dir, 'r');
    try {
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
  } catch {
    // Windows opens no folders; its file systems write names in order.
  }
}

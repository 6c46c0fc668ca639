import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import Libsql from 'libsql';

/** `unreadable` is encrypted, or damaged from its first bytes on: nobody can tell without the key. */
export type DatabaseFileKind = 'none' | 'plain' | 'unreadable';

/** What an SQLite file begins with that is not encrypted. */
const PLAIN = Buffer.from('SQLite format 3\0', 'latin1');
const LARGEST_PAGE_BYTES = 65_536;

/**
 * Tells by its first bytes what a file is. Not to be asked about a database this process has open: on POSIX, closing a file lets go of all locks
 * the process holds on it, and others take it for free. @throws what the file system throws, but for a missing file.
 */
export function kindOfDatabaseFile(file: string): DatabaseFileKind {
  const start = startOf(file, PLAIN.length);
  if (start.length === 0) return 'none';
  return start.equals(PLAIN) ? 'plain' : 'unreadable';
}

/**
 * Whether the key is the one a file was encrypted with. Only a copy of the first page is opened: SQLite writes the log of writes back when a
 * database is closed, and with the wrong key that destroys both the database and what only the log holds.
 * @throws when that cannot be found out, as on a full disk: nobody may take the key for wrong then.
 */
export function isKeyOfDatabase(file: string, key: string): boolean {
  const start = startOf(file, LARGEST_PAGE_BYTES);
  const probe = writeProbe(file, start.subarray(0, pageBytes(start)));
  const database = new Libsql(':memory:');
  try {
    database.exec(attach(probe, 'probe', key, { immutable: '1' }));
    database.exec('DETACH probe');
    return true;
  } catch (error) {
    const { code } = error as { code?: unknown };
    // The rest of the file is missing in the probe: whoever says that has read the first page.
    if (code === 'SQLITE_CORRUPT') return true;
    if (code === 'SQLITE_NOTADB') return false;
    throw error;
  } finally {
    database.close();
    fs.rmSync(probe, { force: true });
  }
}

/** Of SQLite, which writes it into bytes 16 and 17; they are not encrypted. */
function pageBytes(start: Buffer): number {
  const written = start.length < 18 ? 0 : start.readUInt16BE(16);
  return written >= 512 && (written & (written - 1)) === 0 ? written : LARGEST_PAGE_BYTES;
}

/** Beside the file, else, where that disk is full, where the system keeps what passes: it is encrypted. */
function writeProbe(file: string, page: Buffer): string {
  const name = `${path.basename(file)}.probe`;
  const probe = path.join(path.dirname(file), name);
  try {
    fs.writeFileSync(probe, page, { mode: 0o600 });
    return probe;
  } catch {
    fs.rmSync(probe, { force: true });
    const elsewhere = path.join(os.tmpdir(), `cuecard-${String(process.pid)}-${name}`);
    fs.writeFileSync(elsewhere, page, { mode: 0o600 });
    return elsewhere;
  }
}

/** The statement that opens `file` beside another database; without a key it is taken as plain. */
export function attach(
  file: string,
  as: string,
  key: string | null,
  options: Readonly<Record<string, string>> = {},
): string {
  const cipher: Record<string, string> = key === null ? {} : { cipher: CIPHER };
  return `ATTACH '${databaseUri(file, { ...options, ...cipher })}' AS ${as} KEY '${key ?? ''}'`;
}

/** What libsql encrypts with: AES-256 in CBC mode, page by page, the log of writes too. */
export const CIPHER = 'aes256cbc';

/** Inside quotation marks of SQL. */
export function databaseUri(file: string, options: Readonly<Record<string, string>>): string {
  const uri = pathToFileURL(path.resolve(file));
  for (const [name, value] of Object.entries(options)) uri.searchParams.set(name, value);
  return uri.href.replaceAll("'", "''");
}

function startOf(file: string, bytes: number): Buffer {
  let handle: number;
  try {
    handle = fs.openSync(file, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
  try {
    const start = Buffer.alloc(bytes);
    return start.subarray(0, fs.readSync(handle, start, 0, bytes, 0));
  } finally {
    fs.closeSync(handle);
  }
}

import fs from 'node:fs';

import { AppErrorException, errorCodeOf, type ErrorCode } from '../shared/errors/app-error.js';
import type { Logger } from '../shared/lib/logger.js';
import type { DeskStorage } from './compose-storage.js';
import {
  beginCommandLedger,
  howToSeal,
  sayHowToSeal,
  takeOverCommandLedgers,
} from './privacy/command-ledgers.js';
import { privacyMigrations } from './privacy/privacy-tables.js';
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

/**
 * The ledger of the app. A damaged one is put aside, where it can still be looked at; a new one begins.
 * @throws AppErrorException LEDGER_NOT_WRITABLE.
 */
export function openLedgerOfApp(file: string, storage: DeskStorage, log: Logger): OpenLedger {
  const { key } = storage;
  const database = openOrBegin(file, storage, log);
  try {
    sayHowToSeal(file, key);
  } catch (cause) {
    log.warn('ledger.seal_not_written', { code: errorCodeOf(cause) });
  }
  return {
    database,
    takeOver: () =>
      key === null ? 0 : takeOverCommandLedgers({ database, ledger: file, databaseKey: key, attach, log }),
    close: () => database.close(),
  };
}

/**
 * The ledger of one command: that of the workspace where it is not encrypted, else one of its own. It never moves the ledger of the workspace.
 * @throws AppErrorException LEDGER_NEEDS_APP, LEDGER_NOT_WRITABLE.
 */
export function openLedgerOfCommand(file: string): OpenLedger {
  const takeOver = (): number => 0;
  try {
    const database = openPlain(file);
    return database
      ? { database, takeOver, close: () => database.close() }
      : { ...beginCommandLedger(file), takeOver };
  } catch (cause) {
    if (isCode(cause, 'WORKSPACE_DATABASE_CORRUPT')) throw new AppErrorException('LEDGER_NEEDS_APP', file);
    throw isCode(cause, 'LEDGER_NEEDS_APP') ? cause : notWritable(cause);
  }
}

/** Null where the ledger is encrypted, also where the app encrypts it in this very moment. */
function openPlain(file: string): Database | null {
  const inode = inodeOf(file);
  const kind = kindOfDatabaseFile(file);
  if (kind === 'unreadable' || (kind === 'none' && howToSeal(file) !== null)) return null;
  try {
    const database = openDatabase(file, migrations);
    // Only by its number: to look into the file would let go of the lock that keeps the app from replacing it.
    if (inode === null || inode === inodeOf(file)) return database;
    database.close();
    return null;
  } catch (cause) {
    if (isCode(cause, 'WORKSPACE_DATABASE_CORRUPT') && kindOfDatabaseFile(file) === 'unreadable') return null;
    throw cause;
  }
}

const inodeOf = (file: string): bigint | null =>
  fs.statSync(file, { bigint: true, throwIfNoEntry: false })?.ino ?? null;

const isCode = (cause: unknown, code: ErrorCode): boolean =>
  cause instanceof AppErrorException && cause.error.code === code;

function openOrBegin(file: string, storage: DeskStorage, log: Logger): Database {
  try {
    return storage.open(file, migrations);
  } catch (cause) {
    if (!isCode(cause, 'WORKSPACE_DATABASE_CORRUPT')) throw notWritable(cause);
    log.error('ledger.damaged', { code: 'WORKSPACE_DATABASE_CORRUPT' });
    try {
      storage.putAside(file);
      return storage.open(file, migrations);
    } catch (again) {
      throw notWritable(again);
    }
  }
}

const notWritable = (cause: unknown): AppErrorException =>
  new AppErrorException('LEDGER_NOT_WRITABLE', cause instanceof Error ? cause.message : String(cause), {
    cause,
  });

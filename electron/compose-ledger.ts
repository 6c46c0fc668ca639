import fs from 'node:fs';

import { AppErrorException, errorCodeOf } from '../shared/errors/app-error.js';
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
 * The ledger of the app. A damaged one is moved aside, where it can still be looked at; a new one begins.
 * @throws AppErrorException LEDGER_NOT_WRITABLE.
 */
export function openLedgerOfApp(file: string, storage: DeskStorage, log: Logger): OpenLedger {
  const database = openOrBegin(file, () => storage.open(file, migrations), log);
  const { key } = storage;
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
 * The ledger of one command: that of the workspace where it is not encrypted, else one of its own.
 * @throws AppErrorException LEDGER_NEEDS_APP, LEDGER_NOT_WRITABLE.
 */
export function openLedgerOfCommand(file: string, log: Logger): OpenLedger {
  const isPlain = (): boolean => {
    const kind = kindOfDatabaseFile(file);
    return kind === 'plain' || (kind === 'none' && howToSeal(file) === null);
  };
  const takeOver = (): number => 0;
  if (isPlain()) {
    const database = openOrBegin(file, () => openDatabase(file, migrations), log);
    // The app may have put an encrypted one in its place before this one was locked.
    if (isPlain()) return { database, takeOver, close: () => database.close() };
    database.close();
  }
  try {
    return { ...beginCommandLedger(file), takeOver };
  } catch (cause) {
    throw cause instanceof AppErrorException && cause.error.code === 'LEDGER_NEEDS_APP'
      ? cause
      : notWritable(cause);
  }
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

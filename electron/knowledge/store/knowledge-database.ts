import { existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { migrations } from './schema.js';
import { inTransaction, isCorruption, openSqlite, type Sqlite } from './sqlite.js';

/**
 * The knowledge file of a workspace, through two connections: searches read the last committed state while an import
 * writes the next one (write-ahead log).
 */
export interface KnowledgeDatabase {
  readonly file: string;
  readonly reader: Sqlite;
  readonly writer: Sqlite;
  /** Grows by one with every import that changed something. */
  generation(): number;
  close(): void;
}

/** Up to this size a full check costs less than a blink, so it is made at every start. */
const ALWAYS_CHECKED_BYTES = 32 * 1024 * 1024;

/**
 * Opens `knowledge.db`, makes it when absent, and brings its schema up to date.
 * @throws AppErrorException KNOWLEDGE_DATABASE_CORRUPT when it is damaged or from a newer Cuecard (the file is left as
 * it was), KNOWLEDGE_NOT_SAVED when it cannot be written.
 */
export function openKnowledgeDatabase(workspaceDir: string): KnowledgeDatabase {
  const file = path.join(workspaceDir, 'knowledge.db');
  try {
    mkdirSync(workspaceDir, { recursive: true });
    if (existsSync(file) && statSync(file).size > 0) inspect(file);
    return connect(file);
  } catch (cause) {
    if (cause instanceof AppErrorException) throw cause;
    if (isCorruption(cause)) throw corrupt(file, cause);
    throw new AppErrorException('KNOWLEDGE_NOT_SAVED', describe(file, cause), { cause });
  }
}

/** Looks at an existing file without writing to it. */
function inspect(file: string): void {
  const database = openSqlite(file, { readonly: true });
  try {
    const version = schemaVersion(database);
    if (version > migrations.length) {
      throw new AppErrorException(
        'KNOWLEDGE_DATABASE_CORRUPT',
        `${file} was written by a newer version of Cuecard`,
      );
    }
    const isSmall = statSync(file).size <= ALWAYS_CHECKED_BYTES;
    if (isSmall || version === 0 || readMeta(database, 'closed_cleanly') !== '1') quickCheck(database, file);
  } finally {
    database.close();
  }
}

function quickCheck(database: Sqlite, file: string): void {
  const problem = database.prepare<{ quick_check: string }>('PRAGMA quick_check(1)').get()?.quick_check;
  if (problem !== 'ok')
    throw new AppErrorException('KNOWLEDGE_DATABASE_CORRUPT', `${file}: ${problem ?? 'unreadable'}`);
}

function connect(file: string): KnowledgeDatabase {
  const writer = openSqlite(file);
  const opened = [writer];
  try {
    writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    migrate(writer);
    const reader = openSqlite(file);
    opened.push(reader);
    const readGeneration = reader.prepare<{ value: string }>(
      `SELECT value FROM meta WHERE key = 'generation'`,
    );
    writer.exec(`UPDATE meta SET value = '0' WHERE key = 'closed_cleanly'`);
    return {
      file,
      reader,
      writer,
      generation: () => Number(readGeneration.get()?.value ?? 0),
      close() {
        writer.exec(`UPDATE meta SET value = '1' WHERE key = 'closed_cleanly'`);
        // Folds the log into the file, so that the file alone is the whole knowledge and may be copied.
        writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        for (const connection of opened) connection.close();
      },
    };
  } catch (cause) {
    for (const connection of opened) connection.close();
    throw cause;
  }
}

function migrate(database: Sqlite): void {
  for (let version = schemaVersion(database); version < migrations.length; version++) {
    inTransaction(database, () => {
      // Two starts at the same moment: the second finds the work done once it holds the lock.
      if (schemaVersion(database) !== version) return;
      database.exec(`${migrations[version] ?? ''}; PRAGMA user_version = ${version + 1}`);
    });
  }
}

function schemaVersion(database: Sqlite): number {
  return database.prepare<{ user_version: number }>('PRAGMA user_version').get()?.user_version ?? 0;
}

function readMeta(database: Sqlite, key: string): string | null {
  return (
    database.prepare<{ value: string }>('SELECT value FROM meta WHERE key = ?').get([key])?.value ?? null
  );
}

/** Turns a damaged page met while working into the error that names the file. */
export function corrupt(file: string, cause: unknown): AppErrorException {
  return new AppErrorException('KNOWLEDGE_DATABASE_CORRUPT', describe(file, cause), { cause });
}

function describe(file: string, cause: unknown): string {
  return `${file}: ${cause instanceof Error ? cause.message : String(cause)}`;
}

import Libsql from 'libsql';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { rollBackOnce } from './roll-back.js';
import { CIPHER } from './database-file.js';

/**
 * One open SQLite file (libsql, better-sqlite3 API). A prepared statement is used with `get` or with `all`, never with both: in libsql 0.5 a
 * `get` after an `all` keeps the values of the `all` and answers for them.
 */
export type Database = Libsql.Database;

/** The numbered statements of one module's tables; only ever appended to. */
export interface MigrationSet {
  readonly scope: string;
  readonly statements: readonly string[];
}

/**
 * How much a commit promises: `full` is on disk before it is reported, for what a rep cannot repeat;
 * `relaxed` may lose the last commits when the power fails (never when the process is killed), for what can be made again.
 */
export type Durability = 'full' | 'relaxed';

/**
 * Opens `file` with a write-ahead log and brings every module's tables up to date.
 * @throws AppErrorException WORKSPACE_DATABASE_CORRUPT when the file is damaged (it stays where it is),
 *   WORKSPACE_NOT_WRITABLE when it cannot be opened or written.
 */
export function openDatabase(
  file: string,
  migrations: readonly MigrationSet[],
  durability: Durability = 'full',
  /**
   * 32 bytes as 64 hexadecimal digits; the file is then encrypted, page by page, its log of writes too. It must be the right one
   * (`isKeyOfDatabase`): a wrong one destroys what only the log of writes holds.
   */
  encryptionKey: string | null = null,
): Database {
  let database: Database | null = null;
  try {
    database = new Libsql(file, encryption(encryptionKey));
    rollBackOnce(database);
    database.exec(
      `PRAGMA journal_mode = WAL; PRAGMA synchronous = ${durability === 'full' ? 'FULL' : 'NORMAL'}; PRAGMA busy_timeout = 3000;`,
    );
    // What SQLite sorts is not written into files of its own, which nothing would encrypt.
    if (encryptionKey !== null) database.exec('PRAGMA temp_store = MEMORY');
    refuseDamaged(database, file);
    migrate(database, migrations);
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof AppErrorException) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const isDamaged = /malformed|not a database|corrupt|SQLITE_NOTADB|SQLITE_CORRUPT/i.test(reason);
    throw new AppErrorException(
      isDamaged ? 'WORKSPACE_DATABASE_CORRUPT' : 'WORKSPACE_NOT_WRITABLE',
      `${file}: ${reason}`,
      { cause: error },
    );
  }
}

/** What libsql 0.5 reads and its types leave out. */
const encryption = (key: string | null): Libsql.Options =>
  key === null ? {} : ({ encryptionCipher: CIPHER, encryptionKey: key } as Libsql.Options);

function refuseDamaged(database: Database, file: string): void {
  const rows = database.prepare('PRAGMA quick_check(1)').raw().all() as [string][];
  const verdict = rows[0]?.[0];
  if (verdict !== 'ok')
    throw new AppErrorException('WORKSPACE_DATABASE_CORRUPT', `${file}: ${verdict ?? '?'}`);
}

function migrate(database: Database, migrations: readonly MigrationSet[]): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS migration (scope TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (scope, number))',
  );
  const done = database.prepare('SELECT COALESCE(MAX(number), 0) FROM migration WHERE scope = ?').raw();
  const note = database.prepare('INSERT INTO migration (scope, number) VALUES (?, ?)');
  for (const { scope, statements } of migrations) {
    const [last] = done.get(scope) as [number];
    const apply = database.transaction(() => {
      statements.slice(last).forEach((statement, at) => {
        database.exec(statement);
        note.run(scope, last + at + 1);
      });
    });
    apply.immediate();
  }
}

import Database from 'libsql';

/** A value SQLite stores. */
export type SqlValue = string | number | null | Buffer;

/** A prepared statement with its row type. Values always go in as one list: libsql takes a lone buffer or null for names. */
export interface Statement<Row> {
  all(values?: readonly SqlValue[]): Row[];
  get(values?: readonly SqlValue[]): Row | undefined;
  run(values?: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number | bigint };
}

/** One connection to an SQLite file. Calls block, so it lives in the engine worker. */
export interface Sqlite {
  prepare<Row>(sql: string): Statement<Row>;
  exec(sql: string): void;
  close(): void;
}

/** Waits this long for another process that writes. */
const BUSY_TIMEOUT_MS = 10_000;

/** Opens an SQLite file; `readonly` leaves every byte of it as it is. */
export function openSqlite(file: string, { readonly = false } = {}): Sqlite {
  const database = new Database(file, { readonly, timeout: BUSY_TIMEOUT_MS });
  return {
    prepare<Row>(sql: string): Statement<Row> {
      const statement = database.prepare(sql);
      return {
        all: (values = []) => statement.all([...values]) as Row[],
        get: (values = []) => statement.get([...values]) as Row | undefined,
        run: (values = []) => statement.run([...values]),
      };
    },
    exec: (sql) => void database.exec(sql),
    close: () => void database.close(),
  };
}

/** Runs `work` as one transaction: all of it is written, or nothing. */
export function inTransaction(database: Sqlite, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (cause) {
    rollBack(database);
    throw cause;
  }
}

/** Ends a transaction that failed. A full disk or a damaged page has ended it by itself, and what failed is the error to tell. */
export function rollBack(database: Sqlite): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // There was none left.
  }
}

/** SQLite's own code, such as `SQLITE_FULL`, or null for an error that is not SQLite's. */
export function sqliteCode(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}

/** The codes of a file that is not, or no longer, a sound database. */
export function isCorruption(error: unknown): boolean {
  const code = sqliteCode(error);
  return code !== null && (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB');
}

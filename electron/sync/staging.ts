import fs from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';

import Libsql from 'libsql';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { sha256 } from '../../release/canonical-json.js';
import type { Segment } from '../../release/segment-frames.js';

/**
 * Segments on their way into the local knowledge, in a file beside it. Each was verified before it was written, so a download that was cut
 * goes on with what is missing. The file may be lost at any time: it is fetched again.
 */
export interface Staging {
  readonly file: string;
  /** @throws AppErrorException RELEASE_DAMAGED; the file is made anew then. */
  missing(hashes: readonly string[]): string[];
  /** @throws AppErrorException RELEASE_NO_SPACE, RELEASE_DAMAGED, WORKSPACE_NOT_WRITABLE; nothing of these segments is kept then. */
  put(segments: readonly Segment[]): void;
  /** Drops what an update that is over needed. What the disk refuses to drop now goes with the next update. */
  clear(): Promise<void>;
  /** Drops what the disk does not give back as it was written, so that it is fetched again. */
  repair(): Promise<void>;
  /** The root of a release this device saw under that number before; null for one it did not. */
  rootSeen(number: number): string | null;
  /** The highest number this device ever saw; 0 before the first. */
  highestSeen(): number;
  see(number: number, root: string): void;
  close(): void;
}

const TABLES = `
  CREATE TABLE IF NOT EXISTS segments (hash TEXT PRIMARY KEY, content BLOB NOT NULL);
  CREATE TABLE IF NOT EXISTS seen (number INTEGER PRIMARY KEY, root TEXT NOT NULL);
`;

/** A few milliseconds of main's time. */
const DROPPED_AT_ONCE = 200;

/** Opens the file, or makes it; a damaged one is made anew. */
export function openStaging(file: string): Staging {
  let tables = openTables(file);
  const replace = (): void => {
    tables.close();
    remove(file);
    tables = openTables(file);
  };
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      const reason = reasonOf(cause, file);
      if (reason instanceof AppErrorException && reason.error.code === 'RELEASE_DAMAGED') replace();
      throw reason;
    }
  };
  /** What only saves a later fetch or notices a restored hub: the release is in force without it. */
  const ifPossible = <T>(work: () => T): T | null => {
    try {
      return work();
    } catch (cause) {
      if (sqliteCode(cause) === null) throw cause;
      return null;
    }
  };
  return {
    file,
    missing: (hashes) =>
      guarded(() => {
        const staged = new Set(tables.hashes());
        return [...new Set(hashes)].filter((hash) => !staged.has(hash));
      }),
    put: (segments) => guarded(() => tables.put(segments)),
    async clear() {
      for (let isMore = true; isMore; await nextTurn()) isMore = ifPossible(() => tables.dropSome()) ?? false;
      ifPossible(() => tables.shrink());
    },
    async repair() {
      try {
        for (const hash of tables.hashes()) {
          if (!tables.isSound(hash)) tables.drop(hash);
          await nextTurn();
        }
      } catch (cause) {
        if (sqliteCode(cause) === null) throw cause;
        replace();
      }
    },
    rootSeen: (number) => guarded(() => tables.rootSeen(number)),
    highestSeen: () => guarded(() => tables.highestSeen()),
    see: (number, root) => void ifPossible(() => tables.see(number, root)),
    close: () => tables.close(),
  };
}

function openTables(file: string) {
  const database = openOrReplace(file);
  const insert = database.prepare('INSERT OR IGNORE INTO segments (hash, content) VALUES (?, ?)');
  const content = database.prepare('SELECT content FROM segments WHERE hash = ?').raw();
  const hashes = database.prepare('SELECT hash FROM segments').raw();
  const drop = database.prepare('DELETE FROM segments WHERE hash = ?');
  const dropSome = database.prepare(
    `DELETE FROM segments WHERE rowid IN (SELECT rowid FROM segments LIMIT ${String(DROPPED_AT_ONCE)})`,
  );
  const root = database.prepare('SELECT root FROM seen WHERE number = ?').raw();
  const highest = database.prepare('SELECT COALESCE(MAX(number), 0) FROM seen').raw();
  const see = database.prepare('INSERT OR REPLACE INTO seen (number, root) VALUES (?, ?)');
  return {
    put(segments: readonly Segment[]): void {
      database.exec('BEGIN IMMEDIATE');
      try {
        for (const segment of segments) insert.run(segment.hash, segment.content);
        database.exec('COMMIT');
      } catch (cause) {
        // A full disk or a damaged page has ended the transaction by itself.
        if (database.inTransaction) database.exec('ROLLBACK');
        throw cause;
      }
    },
    dropSome: (): boolean => dropSome.run().changes > 0,
    shrink: (): void => void database.exec('VACUUM'),
    hashes: () => (hashes.all() as [string][]).map(([hash]) => hash),
    isSound: (hash: string): boolean => sha256(Buffer.from((content.get(hash) as [ArrayBuffer])[0])) === hash,
    drop: (hash: string): void => void drop.run(hash),
    rootSeen: (number: number) => (root.get(number) as [string] | undefined)?.[0] ?? null,
    highestSeen: () => (highest.get() as [number])[0],
    see: (number: number, rootOfIt: string): void => void see.run(number, rootOfIt),
    close: (): void => void database.close(),
  };
}

const remove = (file: string): void => {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) fs.rmSync(name, { force: true });
};

function openOrReplace(file: string): Libsql.Database {
  try {
    return open(file);
  } catch {
    remove(file);
    return open(file);
  }
}

function open(file: string): Libsql.Database {
  const database = new Libsql(file);
  try {
    // The file may be lost: nobody has to wait until a disk has really written it.
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA busy_timeout = 3000;`);
    const verdict = (database.prepare('PRAGMA quick_check(1)').raw().all() as [string][])[0]?.[0];
    if (verdict !== 'ok') throw new Error(verdict);
    database.exec(TABLES);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

function sqliteCode(cause: unknown): string | null {
  const code = cause instanceof Error ? (cause as { code?: unknown }).code : null;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : null;
}

function reasonOf(cause: unknown, file: string): unknown {
  const code = sqliteCode(cause);
  if (code === null) return cause;
  if (code === 'SQLITE_FULL') return new AppErrorException('RELEASE_NO_SPACE', file, { cause });
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB')
    return new AppErrorException('RELEASE_DAMAGED', 'what was fetched cannot be read any more', { cause });
  return new AppErrorException('WORKSPACE_NOT_WRITABLE', `${file}: ${code}`, { cause });
}

import fs from 'node:fs';

import Libsql from 'libsql';

import type { Segment } from '../../release/segment-frames.js';

/**
 * Segments on their way into the local knowledge, in a file beside it. Each was verified before it was written, so a download that was cut
 * goes on with what is missing. The file may be lost at any time: it is fetched again.
 */
export interface Staging {
  readonly file: string;
  missing(hashes: readonly string[]): string[];
  put(segments: readonly Segment[]): void;
  /** Drops what an update that is over needed. */
  clear(): void;
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

/** Opens the file, or makes it; a damaged one is made anew. */
export function openStaging(file: string): Staging {
  const database = openOrReplace(file);
  const has = database.prepare('SELECT 1 FROM segments WHERE hash = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO segments (hash, content) VALUES (?, ?)');
  const root = database.prepare('SELECT root FROM seen WHERE number = ?').raw();
  const highest = database.prepare('SELECT COALESCE(MAX(number), 0) FROM seen').raw();
  const see = database.prepare('INSERT OR REPLACE INTO seen (number, root) VALUES (?, ?)');
  const putAll = database.transaction((segments: readonly Segment[]) => {
    for (const { hash, content } of segments) insert.run(hash, content);
  });
  return {
    file,
    missing: (hashes) => [...new Set(hashes)].filter((hash) => has.get(hash) === undefined),
    put: (segments) => putAll.immediate(segments),
    clear() {
      database.exec('DELETE FROM segments; VACUUM');
    },
    rootSeen: (number) => (root.get(number) as [string] | undefined)?.[0] ?? null,
    highestSeen: () => (highest.get() as [number])[0],
    see: (number, rootOfIt) => void see.run(number, rootOfIt),
    close: () => void database.close(),
  };
}

function openOrReplace(file: string): Libsql.Database {
  try {
    return open(file);
  } catch {
    for (const name of [file, `${file}-wal`, `${file}-shm`]) fs.rmSync(name, { force: true });
    return open(file);
  }
}

function open(file: string): Libsql.Database {
  const database = new Libsql(file);
  try {
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 3000;`);
    const verdict = (database.prepare('PRAGMA quick_check(1)').raw().all() as [string][])[0]?.[0];
    if (verdict !== 'ok') throw new Error(verdict);
    database.exec(TABLES);
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { openDatabase } from './database.js';

let dir: string;
beforeEach(() => (dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-db-'))));
afterEach(() => fs.rmSync(dir, { recursive: true }));

const notes = { scope: 'notes', statements: ['CREATE TABLE note (text TEXT)'] };

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return error instanceof AppErrorException ? error.error.code : String(error);
  }
  return undefined;
}

it('runs each migration once, module by module, over restarts', () => {
  const file = path.join(dir, 'desk.db');
  openDatabase(file, [notes]).close();
  const grown = {
    scope: 'notes',
    statements: [...notes.statements, 'ALTER TABLE note ADD COLUMN author TEXT'],
  };
  const other = { scope: 'other', statements: ['CREATE TABLE other (id TEXT)'] };
  const database = openDatabase(file, [grown, other]);
  database.prepare('INSERT INTO note (text, author) VALUES (?, ?)').run('kept', 'rep');
  database.close();
  const again = openDatabase(file, [grown, other]);
  expect(again.prepare('SELECT text, author FROM note').raw().all()).toEqual([['kept', 'rep']]);
  again.close();
});

it('leaves nothing of a migration that fails half way', () => {
  const file = path.join(dir, 'desk.db');
  const broken = {
    scope: 'notes',
    statements: ['CREATE TABLE note (text TEXT)', 'CREATE TABLE note (text TEXT)'],
  };
  expect(codeOf(() => openDatabase(file, [broken]))).toBe('WORKSPACE_NOT_WRITABLE');
  const database = openDatabase(file, [notes]);
  expect(database.prepare('SELECT COUNT(*) FROM note').raw().get()).toEqual([0]);
  database.close();
});

it('refuses a damaged file with the reason and leaves it where it is', () => {
  const file = path.join(dir, 'desk.db');
  fs.writeFileSync(file, Buffer.alloc(8192, 'not a database '));
  const before = fs.readFileSync(file);
  expect(codeOf(() => openDatabase(file, [notes]))).toBe('WORKSPACE_DATABASE_CORRUPT');
  expect(fs.readFileSync(file).equals(before)).toBe(true);
});

it('refuses a file whose pages were overwritten', () => {
  const file = path.join(dir, 'desk.db');
  const database = openDatabase(file, [notes]);
  const insert = database.prepare('INSERT INTO note (text) VALUES (?)');
  for (let at = 0; at < 500; at += 1) insert.run(`note ${String(at)} `.repeat(20));
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
  const bytes = fs.readFileSync(file);
  bytes.fill(0xff, 4096 * 3, 4096 * 6);
  fs.writeFileSync(file, bytes);
  expect(codeOf(() => openDatabase(file, [notes]))).toBe('WORKSPACE_DATABASE_CORRUPT');
});

// Catches a full disk that is told as a failed rollback, so that nobody knows what to do.
it('tells that the disk is full, keeps nothing of the transaction, and goes on when there is space', () => {
  const database = openDatabase(path.join(dir, 'desk.db'), [notes]);
  const add = database.prepare('INSERT INTO note (text) VALUES (?)');
  const write = database.transaction(() => {
    add.run('first');
    add.run('x'.repeat(200_000));
  });
  const pages = 'PRAGMA max_page_count =';
  database.exec(`${pages} 10`);
  expect(() => write.immediate()).toThrow(expect.objectContaining({ code: 'SQLITE_FULL' }) as Error);
  const count = database.prepare('SELECT count(*) FROM note').raw();
  expect(count.get()).toEqual([0]);
  database.exec(`${pages} 100000`);
  write.immediate();
  expect(count.get()).toEqual([2]);
  database.close();
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type Libsql from 'libsql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { bundleForTests, type TestBundle } from '../engine/bundle-worker-for-tests.js';
import { openDatabase } from './database.js';
import { isKeyOfDatabase, kindOfDatabaseFile } from './database-file.js';
import { encryptDatabase } from './encrypt-database.js';

/** `KILLS=100 npx vitest run electron/storage/killed-encryption.test.ts` for the long run. */
const KILLS = Number(process.env['KILLS'] ?? 20);
const KEY = 'a1'.repeat(32);
const WORDS = 'what a customer wrote about a duvet';
const tables = [
  {
    scope: 'desk',
    statements: [
      'CREATE TABLE said (id TEXT PRIMARY KEY, text TEXT, bytes BLOB); CREATE INDEX said_by_text ON said (text)',
      'CREATE TABLE told (sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT) ',
      "CREATE TRIGGER told_is_kept BEFORE DELETE ON told BEGIN SELECT RAISE(ABORT, 'kept'); END",
    ],
  },
];

let bundle: TestBundle;
let root: string;
let full: string;
beforeAll(async () => {
  bundle = await bundleForTests('../storage/killed-encryption-for-tests.ts');
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-kill-'));
  full = path.join(root, 'full');
  const working = path.join(root, 'working');
  fs.mkdirSync(working);
  const database = openDatabase(path.join(working, 'desk.db'), tables);
  add(database, 0, 3000);
  database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
  // The newest decisions are in the log of writes alone, as a kill of the app leaves them.
  add(database, 3000, 3100);
  fs.cpSync(working, full, { recursive: true });
  database.close();
});
afterAll(async () => {
  await bundle.remove();
  fs.rmSync(root, { recursive: true, force: true });
});

function add(database: Libsql.Database, from: number, to: number): void {
  const say = database.prepare('INSERT INTO said VALUES (?, ?, ?)');
  const tell = database.prepare('INSERT INTO told (id) VALUES (?)');
  database
    .transaction(() => {
      for (let id = from; id < to; id++) {
        say.run(String(id), `${WORDS} ${String(id)}`, Buffer.alloc(1500, id));
        tell.run(String(id));
      }
    })
    .immediate();
}

/** Lets a process encrypt and kills it so long after it began; never where that is null. */
async function encrypt(file: string, killAfterMs: number | null): Promise<{ said: string; ms: number }> {
  const child = spawn(process.execPath, [bundle.file, file, KEY]);
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const closed = once(child, 'close');
  await once(child.stdout, 'data');
  const startedAt = performance.now();
  if (killAfterMs !== null) {
    await Promise.race([closed, wait(killAfterMs)]);
    child.kill('SIGKILL');
  }
  await closed;
  return { said, ms: performance.now() - startedAt };
}

// Catches decisions lost, or a half file in use, because the app went down while it encrypted what an earlier version left in plain.
it(
  `all is there and nothing in plain at the next start, whenever one of ${String(KILLS)} encryptions was killed`,
  async () => {
    const copy = (name: string): string => {
      fs.cpSync(full, path.join(root, name), { recursive: true });
      return path.join(root, name, 'desk.db');
    };
    const { ms: wholeMs, said: whole } = await encrypt(copy('whole'), null);
    expect(whole).toContain('done');
    const met: Record<string, number> = {};
    for (let kill = 0; kill < KILLS; kill++) {
      const file = copy(String(kill));
      const { said } = await encrypt(file, Math.random() * wholeMs * 1.1);
      // Every other start is killed as well.
      if (kill % 2 === 1) await encrypt(file, Math.random() * wholeMs);
      const kind = kindOfDatabaseFile(file);
      const moment = said.includes('done') ? 'after' : kind;
      met[moment] = (met[moment] ?? 0) + 1;
      if (kind === 'unreadable') expect(isKeyOfDatabase(file, KEY)).toBe(true);

      encryptDatabase(file, KEY);
      const dir = path.dirname(file);
      for (const name of fs.readdirSync(dir)) {
        expect(name).toMatch(/^desk\.db(-shm|-wal)?$/);
        expect(fs.readFileSync(path.join(dir, name)).includes(WORDS)).toBe(false);
      }
      const database = openDatabase(file, tables, 'full', KEY);
      const rows = database
        .prepare('SELECT id, text, bytes FROM said ORDER BY rowid')
        .raw()
        .all() as unknown[][];
      expect(rows.map(([id, text]) => `${String(id)} ${String(text)}`)).toEqual(
        Array.from({ length: 3100 }, (_, id) => `${String(id)} ${WORDS} ${String(id)}`),
      );
      expect(Buffer.from(rows[3099]?.[2] as ArrayBuffer)).toEqual(Buffer.alloc(1500, 3099));
      expect(() => database.exec('DELETE FROM told')).toThrow('kept');
      const { lastInsertRowid } = database.prepare("INSERT INTO told (id) VALUES ('next')").run();
      expect(Number(lastInsertRowid)).toBe(3101);
      database.close();
      fs.rmSync(dir, { recursive: true, force: true });
    }
    process.stdout.write(`${String(KILLS)} kills: ${JSON.stringify(met)}\n`);
  },
  60_000 + KILLS * 5000,
);

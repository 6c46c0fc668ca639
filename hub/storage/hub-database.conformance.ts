import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { bigint, bytes, timestamp } from './columns.js';
import type { HubDatabase } from './hub-database.js';
import { migrate } from './migrate.js';

const Count = z.object({ count: bigint });

/**
 * What the hub relies on, whatever its database is.
 * @param open opens the same database each time, as several copies of the hub would; a kind that has one copy only gives the same object.
 */
export function describeHubDatabase(name: string, open: () => Promise<HubDatabase>): void {
  describe(name, () => {
    let database: HubDatabase;
    let other: HubDatabase;
    beforeAll(async () => {
      database = await open();
      other = await open();
      await database.run('CREATE TABLE thing (id int PRIMARY KEY, note text)');
    });
    afterAll(async () => {
      await database.close();
      await other.close();
    });
    const count = async (where: string): Promise<number> => {
      const [row] = await database.rows(Count, `SELECT count(*) AS count FROM thing WHERE note = $1`, [
        where,
      ]);
      return row?.count ?? -1;
    };

    it('gives and takes values in the types the port promises', async () => {
      const at = '2026-11-27T10:00:00.123Z';
      const [row] = await database.rows(
        z.object({
          big: bigint,
          at: timestamp,
          raw: bytes,
          json: z.unknown(),
          list: z.array(z.string()),
          none: z.array(z.string()),
          nothing: z.null(),
          flag: z.boolean(),
          part: z.number(),
        }),
        `SELECT $1::bigint AS big, $2::timestamptz AS at, $3::bytea AS raw, $4::jsonb AS json, $5::text[] AS list,
           $6::text[] AS none, $7::uuid AS nothing, $8::boolean AS flag, $9::double precision AS part`,
        [
          2 ** 40,
          at,
          Buffer.from([0, 255, 7]),
          JSON.stringify([{ a: 'b"' }]),
          ['x', 'y,"{}'],
          [],
          null,
          true,
          0.5,
        ],
      );
      expect(row).toEqual({
        big: 2 ** 40,
        at,
        raw: Buffer.from([0, 255, 7]),
        json: [{ a: 'b"' }],
        list: ['x', 'y,"{}'],
        none: [],
        nothing: null,
        flag: true,
        part: 0.5,
      });
      const raw = await database.rows(z.object({ big: z.unknown() }), 'SELECT 9::bigint AS big');
      expect(raw).toEqual([{ big: '9' }]);
    });

    it('finds rows by a list of hashes', async () => {
      await database.run('CREATE TABLE blob (hash bytea PRIMARY KEY)');
      const hashes = [Buffer.from('aa', 'hex'), Buffer.from('bb', 'hex')];
      for (const hash of hashes) await database.run('INSERT INTO blob VALUES ($1)', [hash]);
      const found = await database.rows(
        z.object({ hash: bytes }),
        'SELECT hash FROM blob WHERE hash = ANY($1::bytea[]) ORDER BY hash',
        [[...hashes, Buffer.from('cc', 'hex')]],
      );
      expect(found.map(({ hash }) => hash.toString('hex'))).toEqual(['aa', 'bb']);
    });

    it('says how many rows changed', async () => {
      const insert = `INSERT INTO thing VALUES (1, 'count'), (2, 'count') ON CONFLICT DO NOTHING`;
      expect(await database.run(insert)).toBe(2);
      expect(await database.run(insert)).toBe(0);
      expect(await database.run(`UPDATE thing SET note = 'counted' WHERE note = 'count'`)).toBe(2);
    });

    it('keeps nothing of a transaction that failed, nor its notifications', async () => {
      const heard: string[] = [];
      const stop = await other.listen('conformance_rollback', (payload) => heard.push(payload));
      const failing = database.transaction(async (queries) => {
        await queries.run(`INSERT INTO thing VALUES (10, 'rolled back')`);
        await queries.run(`SELECT pg_notify('conformance_rollback', 'never')`);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await database.run(`SELECT pg_notify('conformance_rollback', 'after')`);
      await expect.poll(() => heard).toEqual(['after']);
      expect(await count('rolled back')).toBe(0);
      await stop();
    });

    it('goes on after a statement that failed in a transaction', async () => {
      const twice = database.transaction(async (queries) => {
        await queries.run(`INSERT INTO thing VALUES (20, 'twice')`);
        await queries.run(`INSERT INTO thing VALUES (20, 'twice')`);
      });
      await expect(twice).rejects.toMatchObject({ code: '23505' });
      expect(await count('twice')).toBe(0);
    });

    it('keeps concurrent transactions apart', async () => {
      await database.run(`INSERT INTO thing VALUES (30, '0')`);
      const add = async (on: HubDatabase): Promise<void> =>
        on.transaction(async (queries) => {
          const [row] = await queries.rows(
            z.object({ note: z.string() }),
            'SELECT note FROM thing WHERE id = 30 FOR UPDATE',
          );
          await sleep(2);
          await queries.run('UPDATE thing SET note = $1 WHERE id = 30', [String(Number(row?.note) + 1)]);
        });
      await Promise.all(Array.from({ length: 20 }, (_, at) => add(at % 2 === 0 ? database : other)));
      expect(await count('20')).toBe(1);
    });

    it('runs a transaction again that met another one crosswise', async () => {
      await database.run(`INSERT INTO thing VALUES (40, ''), (41, '')`);
      const both = async (on: HubDatabase, first: number, second: number): Promise<void> =>
        on.transaction(async (queries) => {
          const append = `UPDATE thing SET note = note || 'x' WHERE id = $1`;
          await queries.run(append, [first]);
          await sleep(100);
          await queries.run(append, [second]);
        });
      await Promise.all([both(database, 40, 41), both(other, 41, 40)]);
      expect(await count('xx')).toBe(2);
    });

    it('tells a copy what another one announced, until it stops listening', async () => {
      const heard: string[] = [];
      const stop = await other.listen('conformance', (payload) => heard.push(payload));
      await database.transaction(async (queries) => {
        await queries.run('SELECT pg_notify($1, $2)', ['conformance', 'one']);
      });
      await expect.poll(() => heard).toEqual(['one']);
      await stop();
      await database.run('SELECT pg_notify($1, $2)', ['conformance', 'two']);
      await sleep(200);
      expect(heard).toEqual(['one']);
    });

    it('lets whoever hears a notification ask the database', async () => {
      const found: number[] = [];
      const stop = await database.listen('conformance_ask', () => {
        void database.rows(Count, 'SELECT 7 AS count').then(([row]) => found.push(row?.count ?? -1));
      });
      await database.transaction(async (queries) => {
        await queries.run(`SELECT pg_notify('conformance_ask', '')`);
      });
      await expect.poll(() => found).toEqual([7]);
      await stop();
    });

    it('refuses a statement that is sent past the open transaction', async () => {
      const past = database.transaction(async () => database.run('SELECT 1'));
      await expect(past).rejects.toThrow('Inside a transaction');
    });

    it('makes tables once, when two copies start at the same time', async () => {
      const sets = [
        { scope: 'conformance', statements: ['CREATE TABLE made (id int)', 'INSERT INTO made VALUES (1)'] },
      ];
      await Promise.all([migrate(database, sets), migrate(other, sets), migrate(database, sets)]);
      const [made] = await database.rows(Count, 'SELECT count(*) AS count FROM made');
      expect(made?.count).toBe(1);
      const more = [
        { scope: 'conformance', statements: [...(sets[0]?.statements ?? []), 'INSERT INTO made VALUES (2)'] },
      ];
      await migrate(other, more);
      await migrate(database, more);
      const [then] = await database.rows(Count, 'SELECT count(*) AS count FROM made');
      expect(then?.count).toBe(2);
    });

    it('leaves no half-made tables when a statement is wrong', async () => {
      const wrong = [{ scope: 'wrong', statements: ['CREATE TABLE half (id int)', 'CREATE TABEL half'] }];
      await expect(migrate(database, wrong)).rejects.toThrow(/syntax/);
      await migrate(database, [{ scope: 'wrong', statements: ['CREATE TABLE half (id int)'] }]);
      await expect(database.check()).resolves.toBeUndefined();
    });
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import type { HubDatabase, Queries } from './hub-database.js';

/** The numbered statements of one area's tables; only ever appended to. */
export interface MigrationSet {
  readonly scope: string;
  readonly statements: readonly string[];
}

/** Any number that no other program takes on the same database: "cuecard" in ASCII. */
const LOCK = '27992480949043812';
const RETRY_MS = 200;
const PATIENCE_MS = 120_000;

/**
 * Brings all tables up to date, in one transaction. Copies of the hub that start at once take turns.
 * @throws AppErrorException HUB_STORE_UNAVAILABLE when another copy holds the lock for two minutes.
 */
export async function migrate(database: HubDatabase, sets: readonly MigrationSet[]): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  // Tries instead of waiting: a waiting statement would run into the time limit all statements have.
  while (!(await database.transaction((queries) => applyIfFirst(queries, sets)))) {
    if (performance.now() > until)
      throw new AppErrorException('HUB_STORE_UNAVAILABLE', 'another copy is still making tables');
    await sleep(RETRY_MS);
  }
}

async function applyIfFirst(queries: Queries, sets: readonly MigrationSet[]): Promise<boolean> {
  const [lock] = await queries.rows(
    z.object({ taken: z.boolean() }),
    'SELECT pg_try_advisory_xact_lock($1::bigint) AS taken',
    [LOCK],
  );
  if (lock?.taken !== true) return false;
  await queries.run(
    `CREATE TABLE IF NOT EXISTS migration (
       scope text NOT NULL, number integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now(),
       PRIMARY KEY (scope, number))`,
  );
  for (const { scope, statements } of sets) {
    const [row] = await queries.rows(
      z.object({ last: z.int() }),
      'SELECT coalesce(max(number), 0)::int AS last FROM migration WHERE scope = $1',
      [scope],
    );
    const last = row?.last ?? 0;
    for (const [at, statement] of statements.slice(last).entries()) {
      await queries.run(statement);
      await queries.run('INSERT INTO migration (scope, number) VALUES ($1, $2)', [scope, last + at + 1]);
    }
  }
  return true;
}

import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { z } from 'zod';

import type { Logger } from '../../shared/lib/logger.js';
import type { HubDatabase, Queries } from './hub-database.js';
import { mapDatabaseError, mayRunAgain } from './postgres-errors.js';
import { PostgresListener } from './postgres-listener.js';
import { TransactionScope } from './transaction-scope.js';

export interface PostgresOptions {
  readonly url: string;
  /** Connections this copy takes, besides one for notifications. */
  readonly connections: number;
  /** How long one statement may run, in milliseconds. */
  readonly statementMs: number;
  readonly log: Logger;
}

/** How much longer than the server's own limit this side waits: only a server that is gone lets it come to that. */
const GRACE_MS = 5000;
const CONNECT_MS = 5000;
const ATTEMPTS = 5;

/** Opens a pool on a Postgres server (15 or newer). Nothing is asked of the server yet. */
export function openPostgres(options: PostgresOptions): HubDatabase {
  const { url, connections, statementMs, log } = options;
  const config: pg.PoolConfig = {
    connectionString: url,
    application_name: 'cuecard-hub',
    statement_timeout: statementMs,
    query_timeout: statementMs + GRACE_MS,
    idle_in_transaction_session_timeout: statementMs + GRACE_MS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
  };
  const pool = new pg.Pool({ ...config, max: connections });
  pool.on('error', (error) => log.warn('pool.error', { reason: error.message }));
  const listener = new PostgresListener(config, log);
  const scope = new TransactionScope();
  const onPool = queriesOn(pool);

  const transactOnce = async <T>(work: (queries: Queries) => Promise<T>): Promise<T> => {
    const client = await pool.connect().catch((cause: unknown) => {
      throw mapDatabaseError(cause);
    });
    let broken = true;
    const ignore = (): void => undefined;
    // Between two statements nobody else hears that the connection broke.
    client.on('error', ignore);
    try {
      const queries = queriesOn(client);
      await queries.run('BEGIN');
      const result = await scope
        .run(() => work(queries))
        .catch(async (cause: unknown) => {
          await queries.run('ROLLBACK');
          broken = false;
          throw cause;
        });
      await queries.run('COMMIT');
      broken = false;
      return result;
    } finally {
      client.off('error', ignore);
      client.release(broken);
    }
  };

  return {
    kind: 'postgres',
    async rows(row, statement, values) {
      scope.refuseInside();
      return onPool.rows(row, statement, values);
    },
    async run(statement, values) {
      scope.refuseInside();
      return onPool.run(statement, values);
    },
    async transaction(work) {
      scope.refuseInside();
      for (let attempt = 1; ; attempt++) {
        try {
          return await transactOnce(work);
        } catch (cause) {
          if (!mayRunAgain(cause) || attempt === ATTEMPTS) throw cause;
          await sleep(10 * attempt * Math.random());
        }
      }
    },
    async listen(channel, heard, missed) {
      try {
        return await listener.add(channel, { heard, missed: missed ?? (() => undefined) });
      } catch (cause) {
        throw mapDatabaseError(cause);
      }
    },
    async check() {
      await onPool.run('SELECT 1');
    },
    async close() {
      await listener.close();
      await pool.end();
    },
    connections: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  };
}

function queriesOn(client: Pick<pg.Pool, 'query'>): Queries {
  const query = async (statement: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    try {
      return await client.query(statement, [...values]);
    } catch (cause) {
      throw mapDatabaseError(cause);
    }
  };
  return {
    async rows<T extends z.ZodType>(row: T, statement: string, values?: readonly unknown[]) {
      const result = await query(statement, values);
      return result.rows.map((found) => row.parse(found));
    },
    async run(statement, values) {
      return (await query(statement, values)).rowCount ?? 0;
    },
  };
}

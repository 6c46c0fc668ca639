import type pg from 'pg';

import { AppErrorException } from '../../../shared/errors/app-error.js';
import { readSqlAddress } from './sql-address.js';

export interface SqlDatabaseOptions {
  /** As {@link readSqlAddress} reads it. */
  readonly address: string;
  readonly user: string;
  readonly password: () => string;
  /** PEM of whoever signed the server's certificate; those the system knows when empty. */
  readonly authority: string;
  /** Longest time one statement may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** A cell of an answer as Postgres writes it; null for NULL. */
export type SqlRow = readonly (string | null)[];

/** A value that the database does not take where it stands: text for a number. */
export class SqlValueUnfit extends Error {
  override readonly name = 'SqlValueUnfit';
}

/** A Postgres that is only read. */
export interface SqlDatabase {
  /**
   * One statement in a transaction of its own that can only read and is always rolled back; `values` travel beside the text.
   * @throws SqlValueUnfit; AppErrorException BUSINESS_UNREACHABLE, BUSINESS_REFUSED, BUSINESS_ADDRESS_INVALID, BUSINESS_DESCRIPTION_INVALID.
   */
  read(statement: string, values: readonly unknown[], signal: AbortSignal): Promise<readonly SqlRow[]>;
  close(): Promise<void>;
}

/** A rep looks at one customer: more would only burden a database that others work on. */
const MAX_CONNECTIONS = 3;
const CONNECT_MS = 5_000;
const IDLE_MS = 30_000;
/** A server that can still speak ends a statement by itself; one that is gone without a word is given up this much later. */
const SILENT_MS = 1_000;

export function createSqlDatabase(options: SqlDatabaseOptions): SqlDatabase {
  const { user, password, authority, timeoutMs } = options;
  let pool: Promise<pg.Pool> | null = null;

  async function open(): Promise<pg.Pool> {
    const { host, port, database, isEncrypted } = readSqlAddress(options.address);
    const { default: postgres } = await import('pg');
    const made = new postgres.Pool({
      ...{ host, port, database, user, password },
      ssl: isEncrypted && { rejectUnauthorized: true, ...(authority === '' ? {} : { ca: authority }) },
      options: [
        ...['-c default_transaction_read_only=on', `-c statement_timeout=${String(timeoutMs)}`],
        ...['-c standard_conforming_strings=on', '-c idle_in_transaction_session_timeout=10000'],
        ...['-c datestyle=ISO', '-c intervalstyle=postgres'],
      ].join(' '),
      ...{ max: MAX_CONNECTIONS, connectionTimeoutMillis: CONNECT_MS, idleTimeoutMillis: IDLE_MS },
      ...{ query_timeout: timeoutMs + SILENT_MS, keepAlive: true },
      ...{ application_name: 'cuecard', allowExitOnIdle: true },
    });
    // A connection that is lost while nobody uses it is made anew by the next look-up.
    made.on('error', () => undefined);
    // And one that is lost in use rejects what it was asked.
    made.on('connect', (client) => client.on('error', () => undefined));
    return made;
  }

  return {
    async read(statement, values, signal) {
      signal.throwIfAborted();
      pool ??= open();
      let client: pg.PoolClient;
      try {
        client = await (await pool).connect();
      } catch (error) {
        throw failureOf(error);
      }
      let isUsable = false;
      let isReleased = false;
      const release = (): void => {
        if (!isReleased) client.release(!isUsable);
        isReleased = true;
      };
      // Closing the connection is the only end of a statement that needs no second one.
      const stop = (): void => release();
      signal.addEventListener('abort', stop, { once: true });
      try {
        signal.throwIfAborted();
        await client.query('begin transaction read only');
        const question = {
          text: statement,
          values: [...values],
          rowMode: 'array' as const,
          queryMode: 'extended',
        };
        const { rows } = await client.query<(string | null)[]>(question as pg.QueryArrayConfig);
        await client.query('rollback');
        isUsable = true;
        return rows;
      } catch (error) {
        signal.throwIfAborted();
        throw failureOf(error);
      } finally {
        signal.removeEventListener('abort', stop);
        release();
      }
    },
    async close() {
      const open = await pool?.catch(() => null);
      pool = null;
      await open?.end();
    },
  };
}

/** What went wrong, by Postgres' own code (SQLSTATE, appendix A of its manual); the text may hold a value and goes to whoever asked only. */
function failureOf(error: unknown): Error {
  const said = (error as { readonly code?: unknown } | null)?.code;
  const code = typeof said === 'string' ? said : '';
  const text = error instanceof Error ? error.message : '';
  const failure = (name: ConstructorParameters<typeof AppErrorException>[0], detail: string) =>
    new AppErrorException(name, detail.slice(0, 300), { cause: error });
  if (code.startsWith('22')) return new SqlValueUnfit(code);
  if (code.startsWith('28')) return failure('BUSINESS_REFUSED', code);
  if (code === '3D000') return failure('BUSINESS_ADDRESS_INVALID', text);
  if (code === '57014') return failure('BUSINESS_UNREACHABLE', 'it took too long');
  if (/^(?:25006|42|0A)/u.test(code)) return failure('BUSINESS_DESCRIPTION_INVALID', text);
  return failure('BUSINESS_UNREACHABLE', code || text);
}

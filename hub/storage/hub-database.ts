import type { z } from 'zod';

/** Runs SQL for Postgres. Statements are written once and run alike on a server and on PGlite. */
export interface Queries {
  /**
   * Runs one statement with `$1` parameters and parses each row. Columns come back in the driver's types: timestamptz as
   * Date, bigint as string, bytea as Uint8Array, jsonb as its value; `row` turns them into what the caller wants (storage/columns.ts).
   * @throws AppErrorException HUB_STORE_UNAVAILABLE when the server does not answer.
   */
  rows<T extends z.ZodType>(row: T, statement: string, values?: readonly unknown[]): Promise<z.infer<T>[]>;
  /** Runs one statement for its effect. @returns how many rows it changed. */
  run(statement: string, values?: readonly unknown[]): Promise<number>;
}

/** The hub's database: a Postgres server, or PGlite in a folder. */
export interface HubDatabase extends Queries {
  readonly kind: 'postgres' | 'pglite';
  /** Runs `work` in one transaction: its changes are all there or none, and so are its notifications. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Hears what any copy of the hub on this database notified with `pg_notify(channel, payload)`. Reconnects by itself. @returns how to stop. */
  listen(channel: string, listener: (payload: string) => void): Promise<() => Promise<void>>;
  /** @throws AppErrorException HUB_STORE_UNAVAILABLE. */
  check(): Promise<void>;
  close(): Promise<void>;
}

import type { z } from 'zod';

/** Runs SQL for Postgres. Statements are written once and run alike on a server and on PGlite. */
export interface Queries {
  /**
   * Runs one statement with `$1` parameters and parses each row. Columns come back in the driver's types: timestamptz as
   * Date, bigint as string, bytea as Uint8Array, jsonb as its value (and goes in as JSON text); `row` turns them into what the caller wants (storage/columns.ts).
   * @throws AppErrorException HUB_STORE_UNAVAILABLE when the server does not answer.
   */
  rows<T extends z.ZodType>(row: T, statement: string, values?: readonly unknown[]): Promise<z.infer<T>[]>;
  /** Runs one statement for its effect. @returns how many rows it changed. */
  run(statement: string, values?: readonly unknown[]): Promise<number>;
}

/** The hub's database: a Postgres server, or PGlite in a folder. */
export interface HubDatabase extends Queries {
  readonly kind: 'postgres' | 'pglite';
  /**
   * Runs `work` in one transaction: its changes are all there or none, and so are its notifications. `work` runs again when the
   * server ended the transaction for another one's sake (deadlock), so it has no effect outside of the database, and inside it only
   * the queries it is given are used.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Hears what any copy of the hub on this database notified with `pg_notify(channel, payload)`. Reconnects by itself, and calls
   * `missed` then, since what was notified meanwhile is not told again. @returns how to stop.
   */
  listen(
    channel: string,
    heard: NotificationListener['heard'],
    missed?: NotificationListener['missed'],
  ): Promise<() => Promise<void>>;
  /** @throws AppErrorException HUB_STORE_UNAVAILABLE. */
  check(): Promise<void>;
  /** Connections to a server; null for a database inside this process. */
  connections(): { readonly total: number; readonly idle: number; readonly waiting: number } | null;
  close(): Promise<void>;
}

/** Whoever listens to a channel. */
export interface NotificationListener {
  readonly heard: (payload: string) => void;
  readonly missed: () => void;
}

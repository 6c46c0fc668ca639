import { PGlite, type Results, type Transaction } from '@electric-sql/pglite';
import type { z } from 'zod';

import { AppErrorException } from '../../shared/errors/app-error.js';
import { lockFolder } from './folder-lock.js';
import type { HubDatabase, Queries } from './hub-database.js';
import { mapDatabaseError } from './postgres-errors.js';
import { TransactionScope } from './transaction-scope.js';

/** OID of bigint, which a server's driver gives as text. */
const INT8 = 20;

/**
 * Opens Postgres inside this process (WebAssembly), in `folder`, which is made if need be. One statement or transaction runs at a time.
 * @throws AppErrorException HUB_FOLDER_TAKEN when another process has the folder; HUB_STORE_UNAVAILABLE when what is in it cannot be opened.
 */
export async function openPglite(folder: string): Promise<HubDatabase> {
  const unlock = lockFolder(folder);
  let lite: PGlite;
  try {
    lite = await PGlite.create({ dataDir: folder, parsers: { [INT8]: (text) => text } });
  } catch (cause) {
    unlock();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppErrorException('HUB_STORE_UNAVAILABLE', `${folder}: ${reason}`, { cause });
  }
  const scope = new TransactionScope();
  const direct = queriesOn(lite);
  const use = <T>(work: () => Promise<T>): Promise<T> => {
    scope.refuseInside();
    if (lite.closed) throw new AppErrorException('HUB_STORE_UNAVAILABLE', 'closed');
    return work();
  };
  return {
    kind: 'pglite',
    rows: async (row, statement, values) => use(() => direct.rows(row, statement, values)),
    run: async (statement, values) => use(() => direct.run(statement, values)),
    transaction: async (work) =>
      use(() => lite.transaction((transaction) => scope.run(() => work(queriesOn(transaction))))),
    async listen(channel, heard) {
      // Heard in the middle of the transaction that notified, of which a listener is no part.
      return lite.listen(channel, (payload) => scope.leave(() => heard(payload)));
    },
    async check() {
      await use(() => direct.run('SELECT 1'));
    },
    connections: () => null,
    async close() {
      if (lite.closed) return;
      await lite.close();
      unlock();
    },
  };
}

function queriesOn(lite: Pick<Transaction, 'query'>): Queries {
  const query = async (statement: string, values: readonly unknown[] = []): Promise<Results> => {
    try {
      return await lite.query(statement, [...values]);
    } catch (cause) {
      throw mapDatabaseError(cause);
    }
  };
  return {
    async rows<T extends z.ZodType>(row: T, statement: string, values?: readonly unknown[]) {
      const { rows } = await query(statement, values);
      return rows.map((found) => row.parse(found));
    },
    async run(statement, values) {
      return (await query(statement, values)).affectedRows ?? 0;
    },
  };
}

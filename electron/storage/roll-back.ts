import type Libsql from 'libsql';

/**
 * Lets `transaction` throw what failed. On a full disk SQLite ends the transaction by itself; libsql 0.5 rolls it back once more, which fails, and
 * tells that in place of what happened.
 */
export function rollBackOnce(database: Libsql.Database): void {
  const exec = database.exec.bind(database);
  database.exec = (sql) => (sql === 'ROLLBACK' && !database.inTransaction ? database : exec(sql));
}

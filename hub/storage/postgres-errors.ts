import { AppErrorException } from '../../shared/errors/app-error.js';

/**
 * Classes and codes that say the server is away, full or too slow, not that the statement is wrong
 * (PostgreSQL manual, appendix A): connection, resources, operator intervention and the statement's own time limit.
 */
const UNAVAILABLE = /^(08|53|57|58)|^(25P03|25006)$/;
/** A transaction that met another one and is whole again when it is run anew: serialisation failure, deadlock. */
const MAY_RUN_AGAIN = new Set(['40001', '40P01']);
/** A NUL character, which JSON has and a text in the database has not. */
const NO_TEXT = '22021';
const SOCKET = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOENT)/;
/** What pg says without a code. */
const TEXTS = /timeout|connection terminated|not queryable|connection error|has been ended|closed/i;

const codeOf = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : '';

export const mayRunAgain = (cause: unknown): boolean => MAY_RUN_AGAIN.has(codeOf(cause));

/** Turns a database that does not answer into HUB_STORE_UNAVAILABLE, a text it cannot hold into HUB_INVALID_REQUEST; anything else is a mistake of ours and stays what it is. */
export function mapDatabaseError(cause: unknown): unknown {
  if (!(cause instanceof Error) || cause instanceof AppErrorException) return cause;
  const code = codeOf(cause);
  if (code === NO_TEXT)
    return new AppErrorException('HUB_INVALID_REQUEST', 'a text holds a NUL character', { cause });
  const isSqlState = /^[0-9A-Z]{5}$/.test(code);
  const isAway = isSqlState ? UNAVAILABLE.test(code) : SOCKET.test(code) || TEXTS.test(cause.message);
  // The message may name host and user, which the log may have and a client may not.
  return isAway ? new AppErrorException('HUB_STORE_UNAVAILABLE', code || undefined, { cause }) : cause;
}

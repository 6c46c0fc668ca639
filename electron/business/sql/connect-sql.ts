import type { BusinessSystem } from '../../../shared/domain/business-system.js';
import { AppErrorException } from '../../../shared/errors/app-error.js';
import { deadline } from '../../deadline.js';
import type { ConnectedSystem, ToolContext } from '../connected-system.js';
import { createFactPrinter } from '../declared/declared-fact.js';
import { invalidDeclaration } from '../declared/read-declaration.js';
import { createSqlDatabase, SqlValueUnfit, type SqlDatabase } from './sql-database.js';
import { readSqlQueries, type SqlQuery } from './sql-queries.js';
import { readSqlRights } from './sql-rights.js';
import { createSqlTool } from './sql-tools.js';

/** A look-up holds a card. */
const STATEMENT_MS = 5_000;
/** How long one look at what the sign-in may do takes at most, whoever waits for it. */
const RIGHTS_MS = 8_000;
/** How long what it found counts: a role may be given more while we are connected. */
const RIGHTS_LAST_MS = 10 * 60_000;

/** A Postgres database behind named queries that an operator wrote; docs/connect/sql.md. */
export function connectSql(
  { name, baseUrl, options }: BusinessSystem,
  password: () => string,
  now: () => Date,
): ConnectedSystem {
  const text = options['queries'] ?? '';
  const database = createSqlDatabase({
    ...{ address: baseUrl, user: options['user'] ?? '', password },
    ...{ authority: options['authority'] ?? '', timeoutMs: STATEMENT_MS },
  });
  let rights: { readonly asked: Promise<unknown>; readonly at: number } | null = null;
  /** Asked seldom: what a sign-in may do changes seldom, and every look is a transaction that only reads. */
  const allowed = (): Promise<unknown> => {
    const at = now().getTime();
    if (rights && Math.abs(at - rights.at) < RIGHTS_LAST_MS) return rights.asked;
    // Whoever asked first may have enough of it while others wait.
    const limit = deadline(RIGHTS_MS);
    const asked = readSqlRights(database, limit.signal)
      .catch((error: unknown) => {
        if (rights?.asked === asked) rights = null;
        if (error !== limit.signal.reason) throw error;
        throw new AppErrorException('BUSINESS_UNREACHABLE', 'it took too long', { cause: error });
      })
      .finally(limit.clear);
    rights = { asked, at };
    return asked;
  };

  return {
    shop: null,
    tools: ({ profile, now: at }: ToolContext) => {
      const print = createFactPrinter({ currency: profile.currency, timezone: profile.timezone, now: at });
      return queriesOf(text).map((query) => createSqlTool(query, { system: name, database, allowed, print }));
    },
    writeTools: () => [],
    async check(signal) {
      const queries = readSqlQueries(text);
      const { role, writableTables } = await readSqlRights(database, signal);
      for (const query of queries) await tryOut(query, database, signal);
      const count = queries.length === 1 ? 'One query works' : `${String(queries.length)} queries work`;
      const signedIn = `Signed in as ${role} at ${now().toISOString().slice(11, 16)} UTC. ${count}: ${queries.map((one) => one.title).join(', ')}.`;
      if (writableTables === 0) return { notes: [signedIn, 'The role can only read.'] };
      const some = writableTables === 1 ? 'one table' : `${String(writableTables)} tables`;
      return {
        notes: [
          signedIn,
          `The role may change ${some}. Cuecard only reads; a role that cannot write is safer.`,
        ],
      };
    },
    discover() {
      readSqlQueries(text);
      return Promise.resolve({});
    },
    close: () => database.close(),
  };
}

/** Queries that were kept by a newer or older Cuecard and cannot be read are no tools; the test of the system says why. */
function queriesOf(text: string): readonly SqlQuery[] {
  try {
    return readSqlQueries(text);
  } catch (error) {
    if (error instanceof AppErrorException) return [];
    throw error;
  }
}

/** Lets the database plan a query without reading a row: names, columns and rights are checked by it. */
async function tryOut({ name, statement, parameters }: SqlQuery, database: SqlDatabase, signal: AbortSignal) {
  try {
    await database.read(
      `select * from (${statement}) as tried limit 0`,
      parameters.map(() => null),
      signal,
    );
  } catch (error) {
    if (error instanceof SqlValueUnfit) return;
    if (error instanceof AppErrorException && error.error.code === 'BUSINESS_DESCRIPTION_INVALID')
      throw invalidDeclaration(`Query ${name}: ${error.error.detail ?? ''}`, error);
    throw error;
  }
}

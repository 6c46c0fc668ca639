import { AppErrorException } from '../../../shared/errors/app-error.js';
import type { SqlDatabase } from './sql-database.js';

/** Roles that reach beyond tables, into files and programs of the server. */
const REACHING = "('pg_execute_server_program', 'pg_write_server_files', 'pg_read_server_files')";

const RIGHTS = `
select me.rolsuper::text,
  (select string_agg(given.rolname, ', ') from pg_roles given where given.rolname in ${REACHING} and pg_has_role(current_user, given.oid, 'member')),
  (select count(*)::text from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where t.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^(pg_|information_schema$)'
      and has_table_privilege(t.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')),
  me.rolname
from pg_roles me where me.rolname = current_user`;

/** What the sign-in may do in the database. */
export interface SqlRights {
  readonly role: string;
  /** Tables it may change. Nothing of it can happen here, since every look is a transaction that only reads. */
  readonly writableTables: number;
}

/** @throws AppErrorException BUSINESS_ROLE_TOO_STRONG for a superuser and for one who reaches files and programs of the server. */
export async function readSqlRights(database: SqlDatabase, signal: AbortSignal): Promise<SqlRights> {
  const [[isSuper, reaching, writable, role] = []] = await database.read(RIGHTS, [], signal);
  if (isSuper !== 'false')
    throw new AppErrorException('BUSINESS_ROLE_TOO_STRONG', `${role ?? ''} is a superuser`);
  if (reaching) throw new AppErrorException('BUSINESS_ROLE_TOO_STRONG', `${role ?? ''} has ${reaching}`);
  return { role: role ?? '', writableTables: Number(writable) };
}

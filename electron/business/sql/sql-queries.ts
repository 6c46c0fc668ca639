import { z } from 'zod';

import { DeclaredArgument, takesOwnAddress } from '../declared/declared-argument.js';
import { DeclaredFact } from '../declared/declared-fact.js';
import { invalidDeclaration, readDeclaration } from '../declared/read-declaration.js';
import { numberParameters } from './number-parameters.js';

const Name = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'is written like open_invoices');

const DeclaredQuery = z
  .strictObject({
    name: Name,
    title: z.string().min(1).max(80),
    description: z.string().min(1).max(500),
    sql: z.string().min(1).max(20_000),
    arguments: z.record(Name, DeclaredArgument).default({}),
    /** Facts by the column they stand in. */
    columns: z.record(z.string().min(1).max(63), DeclaredFact),
    /** Rows that are shown. */
    limit: z.int().min(1).max(20).default(5),
    /** The column that holds whose the row is. */
    ownedBy: z.string().min(1).max(63).optional(),
    /** True for what everybody may know: opening hours, stock. */
    public: z.literal(true).optional(),
  })
  .refine(({ columns }) => Object.keys(columns).length > 0, {
    path: ['columns'],
    message: 'names no column',
  });

/** A named query of the operator, ready to be asked. */
export interface SqlQuery extends Omit<z.infer<typeof DeclaredQuery>, 'sql' | 'columns'> {
  /** Its columns, in the order of the answer; the owner's comes last. */
  readonly columns: readonly (readonly [string, DeclaredFact])[];
  /** The whole statement: the operator's, of which only the named columns and `limit` + 1 rows leave the database, each cut to a fact's length. */
  readonly statement: string;
  /** The arguments in the order of the statement's parameters. */
  readonly parameters: readonly string[];
}

const Queries = z.array(DeclaredQuery).min(1).max(50);
const CELL_LENGTH = 1000;

/**
 * Reads the operator's queries. Each says how it is known that a row is the customer's: the customer's own address is a parameter, a column holds
 * the owner's address, or anybody may know it.
 * @throws AppErrorException BUSINESS_DESCRIPTION_INVALID naming the query.
 */
export function readSqlQueries(text: string): readonly SqlQuery[] {
  const queries = readDeclaration(Queries, text, 'Queries');
  const names = queries.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw invalidDeclaration(`Queries: ${twice} is there twice`);
  return queries.map(ready);
}

function ready({ sql, columns, ...query }: z.infer<typeof DeclaredQuery>): SqlQuery {
  const { name, ownedBy, limit } = query;
  const wrong = (detail: string) => invalidDeclaration(`Query ${name}: ${detail}`);
  const numbered = numberParameters(sql);
  if ('problem' in numbered) throw wrong(numbered.problem);
  const declared = Object.keys(query.arguments);
  const unknown = numbered.names.find((one) => !declared.includes(one));
  if (unknown !== undefined) throw wrong(`:${unknown} is not among its arguments`);
  const unused = declared.find((one) => !numbered.names.includes(one));
  if (unused !== undefined) throw wrong(`the argument ${unused} is not used in its sql`);
  const isOwn = takesOwnAddress(query.arguments);
  if (!isOwn && ownedBy === undefined && query.public === undefined)
    throw wrong(
      'it does not say whose the rows are: use an argument with `from: customer_email`, or say `ownedBy: <column>` or `public: true`',
    );
  if (query.public && (isOwn || ownedBy !== undefined)) throw wrong('it is public and somebody’s at once');
  const fromElsewhere = Object.entries(query.arguments).find(([, { from }]) => from === 'subscription_id');
  if (fromElsewhere)
    throw wrong(`nothing fills ${fromElsewhere[0]}: no subscription is known before look-ups`);
  const shown = Object.keys(columns).map(
    (column) => `left(answer.${quoted(column)}::text, ${String(CELL_LENGTH)})`,
  );
  const owner = ownedBy === undefined ? [] : [`answer.${quoted(ownedBy)}::text`];
  const cells = [...shown, ...owner].map((cell, at) => `${cell} as c${String(at)}`).join(', ');
  return {
    ...query,
    columns: Object.entries(columns),
    statement: `select ${cells} from (\n${numbered.text}\n) as answer limit ${String(limit + 1)}`,
    parameters: numbered.names,
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

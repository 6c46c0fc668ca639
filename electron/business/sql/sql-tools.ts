import type { Fact } from '../../../shared/domain/tool-call.js';
import type { ToolDefinition, ToolOutcome } from '../../agents/tools/tool.js';
import { filled, inputOf, lookUpSources } from '../declared/declared-argument.js';
import type { FactPrinter } from '../declared/declared-fact.js';
import { areOwn, NO_ADDRESS, NOT_FOUND, NOT_OWN } from '../declared/ownership.js';
import { toolName } from '../declared/tool-name.js';
import { SqlValueUnfit, type SqlDatabase, type SqlRow } from './sql-database.js';
import type { SqlQuery } from './sql-queries.js';

export interface SqlToolDeps {
  /** As the rep knows the system; its tools begin with it. */
  readonly system: string;
  readonly database: SqlDatabase;
  /** Rejects for a sign-in that is not to be used. */
  readonly allowed: () => Promise<unknown>;
  readonly print: FactPrinter;
}

/** A query of the operator as a look-up. A row that is not the customer's own ends it without a fact. */
export function createSqlTool(query: SqlQuery, deps: SqlToolDeps): ToolDefinition {
  const { system, database, allowed, print } = deps;
  const sources = lookUpSources(query.arguments);
  return {
    name: toolName(system, query.name),
    ...{ title: query.title, description: query.description, risk: 'read' },
    input: inputOf(query.arguments),
    ...(sources ? { argumentsFrom: sources } : {}),
    async run({ input, customer, signal }) {
      if (query.public === undefined && customer.email === null) return NO_ADDRESS;
      const values = filled(query.arguments, input, customer);
      if (!values) return NO_ADDRESS;
      await allowed();
      try {
        const rows = await database.read(
          query.statement,
          query.parameters.map((name) => String(values[name] ?? '')),
          signal,
        );
        return outcomeOf(query, rows, customer.email, print);
      } catch (error) {
        if (!(error instanceof SqlValueUnfit)) throw error;
        // A number that is none, or is too long, names nothing in the database.
        return NOT_FOUND;
      }
    },
  };
}

function outcomeOf(
  { columns, limit, ownedBy }: SqlQuery,
  rows: readonly SqlRow[],
  email: string | null,
  print: FactPrinter,
): ToolOutcome {
  if (rows.length === 0) return NOT_FOUND;
  if (
    ownedBy !== undefined &&
    !areOwn(
      rows.map((row) => row[columns.length] ?? ''),
      email,
    )
  )
    return NOT_OWN;
  const facts = rows.slice(0, limit).flatMap((row, at) =>
    columns.flatMap(([, declared], column): Fact[] => {
      const fact = print.print(declared, row[column] ?? '', at + 1);
      return fact ? [fact] : [];
    }),
  );
  if (facts.length === 0) return NOT_FOUND;
  const subject = columns[0]?.[1].key.split('.')[0] ?? 'answer';
  const more = { key: `${subject}.shown`, label: 'Shown', value: `the first ${String(limit)}` };
  return { status: 'succeeded', facts: rows.length > limit ? [...facts, more] : facts };
}

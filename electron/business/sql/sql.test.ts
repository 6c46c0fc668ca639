import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AppErrorException, errorCodeOf } from '../../../shared/errors/app-error.js';
import { createTestDatabase } from '../../../hub/storage/postgres-for-tests.js';
import type { ToolDefinition, ToolOutcome } from '../../agents/tools/tool.js';
import type { ConnectedSystem } from '../connected-system.js';
import { teamProfile } from '../profile-for-tests.js';
import { connectSql } from './connect-sql.js';

const SEED = `
create table invoices (number int primary key, email text, total numeric, due_on date, note text);
insert into invoices values
  (1001, 'Femke@example.com', 12.5, '2026-11-20', 'call back'),
  (1002, 'femke@example.com', 99, '2026-12-01', null),
  (2001, 'thijs@example.com', 700, '2026-12-02', 'secret of Thijs');
create table hours (day text, open text);
insert into hours values ('Monday', '9 to 5');
create sequence counter;
create function write_note() returns text language plpgsql as $$ begin insert into hours values ('x', 'y'); return 'done'; end $$;`;

const QUERIES = `
- name: open_invoices
  title: Open invoices
  description: What this customer still has to pay.
  sql: |
    select number, total, due_on, note from invoices
    where lower(email) = lower(:email) order by number -- oldest first
  arguments: { email: { from: customer_email } }
  columns:
    number: { key: invoice.number, label: Invoice }
    total: { key: invoice.total, label: Total, as: amount }
    due_on: { key: invoice.dueOn, label: Due on, as: day }
    note: { key: invoice.note, label: Note, as: note }
- name: invoice
  title: Invoice
  description: One invoice by its number.
  sql: select * from invoices where number = :number
  arguments: { number: { pattern: '\\d{1,12}', label: Invoice number } }
  ownedBy: email
  columns: { total: { key: invoice.total, label: Total, as: amount } }
- name: all
  title: All
  description: Everything.
  sql: select * from invoices order by number
  ownedBy: email
  columns: { number: { key: invoice.number, label: Invoice } }
- name: hours
  title: Opening hours
  description: When the shop is open.
  sql: select repeat(open, 100000) as long, open from hours
  public: true
  columns: { open: { key: hours.open, label: Open }, long: { key: hours.long, label: Long } }`;

const now = (): Date => new Date('2026-11-27T12:00:00Z');
const { signal } = new AbortController();
const femke = { name: 'Femke', email: 'FEMKE@example.com' };
const role = `reader_${randomUUID().slice(0, 8)}`;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let address: string;
let admin: pg.Client;
const opened: ConnectedSystem[] = [];

function connect(queries: string, options: { user?: string; password?: string; baseUrl?: string } = {}) {
  const { user = role, password = 'pass-of-reader', baseUrl = address } = options;
  const connected = connectSql(
    { ...{ id: 'sql-1', kind: 'sql', name: 'Books', baseUrl }, options: { user, queries } },
    () => password,
    now,
  );
  opened.push(connected);
  return connected;
}

function tool(name: string, connected = connect(QUERIES)): ToolDefinition {
  const tools = connected.tools({ profile: teamProfile, now });
  return tools.find((one) => one.name === `books_${name}`) ?? expect.fail(`no ${name}`);
}

const ask = (name: string, input: Record<string, string> = {}, customer = femke): Promise<ToolOutcome> =>
  tool(name).run({ input, customer, signal });
const codeOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => 'done', errorCodeOf);
/** A query that is nothing but a statement whose value is looked at. */
const only = (sql: string): string =>
  JSON.stringify([
    {
      ...{ name: 'q', title: 'Q', description: 'Q', sql, public: true },
      columns: { a: { key: 'q.a', label: 'A' } },
    },
  ]);

beforeAll(async () => {
  database = await createTestDatabase();
  admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  await admin.query(SEED);
  await admin.query(`create role ${role} login password 'pass-of-reader'`);
  await admin.query(`grant select on invoices, hours to ${role}`);
  const url = new URL(database.url);
  address = `postgres://${url.host}${url.pathname}`;
});
afterAll(async () => {
  for (const connected of opened) await connected.close();
  await admin.query(`drop owned by ${role}; drop role ${role}`);
  await admin.end();
  await database.drop();
});

describe('a look-up in a real Postgres', () => {
  it('tells the rows of the customer’s own address, printed for the team', async () => {
    expect(await ask('open_invoices')).toEqual({
      status: 'succeeded',
      facts: [
        { key: 'invoice.number', label: 'Invoice', value: '1001' },
        { key: 'invoice.total', label: 'Total', value: '12.50 EUR' },
        { key: 'invoice.dueOn', label: 'Due on', value: '20 November 2026' },
        { key: 'invoice.note', label: 'Note', value: 'on record', original: 'call back', isReplaced: true },
        { key: 'invoice2.number', label: 'Invoice (2)', value: '1002' },
        { key: 'invoice2.total', label: 'Total (2)', value: '99.00 EUR' },
        { key: 'invoice2.dueOn', label: 'Due on (2)', value: '1 December 2026' },
      ],
    });
  });

  // Catches: an address that a model or a customer may choose.
  it('takes the address from the conversation alone', async () => {
    expect(tool('open_invoices').argumentsFrom).toEqual({});
    expect(tool('open_invoices').input.parse({ email: 'thijs@example.com' })).toEqual({});
    expect(await ask('open_invoices', { email: 'thijs@example.com' })).toMatchObject({
      facts: [{ value: '1001' }, {}, {}, {}, { value: '1002' }, {}, {}],
    });
    const unknown = { name: 'Femke', email: null };
    expect(await tool('open_invoices').run({ input: {}, customer: unknown, signal })).toMatchObject({
      status: 'refused',
    });
  });

  // Catches: somebody else's invoice because a number was guessed, and one row of another among the customer's own.
  it('refuses a row of another customer and tells nothing of it', async () => {
    expect(await ask('invoice', { number: '1001' })).toMatchObject({ facts: [{ value: '12.50 EUR' }] });
    const refused = await ask('invoice', { number: '2001' });
    expect(refused.status).toBe('refused');
    expect(JSON.stringify(refused)).not.toMatch(/thijs|700|2001/u);
    expect((await ask('all')).status).toBe('refused');
    expect((await ask('invoice', { number: '999' })).status).toBe('not_found');
    expect((await ask('invoice', { number: '999999999999' })).status).toBe('not_found');
  });

  // Catches: words of a customer that the database reads as a statement.
  it('gives values beside the statement', async () => {
    expect(tool('invoice').input.safeParse({ number: '1 or 1=1' }).success).toBe(false);
    const connected = connect(
      QUERIES.replace("'\\d{1,12}'", "'.*'").replace('number = :number', 'note = :number'),
    );
    const outcome = await tool('invoice', connected).run({
      ...{ customer: femke, signal },
      input: { number: "' or '1'='1" },
    });
    expect(outcome.status).toBe('not_found');
  });

  it('tells no more than a fact’s length and the rows that were asked for', async () => {
    const facts = await ask('hours');
    expect(JSON.stringify(facts).length).toBeLessThan(1000);
    const rows = only('select n::text as a from generate_series(1, 1000000) n');
    const outcome = await connect(rows)
      .tools({ profile: teamProfile, now })[0]
      ?.run({
        ...{ input: {}, customer: femke, signal },
      });
    expect(outcome).toMatchObject({ facts: [{}, {}, {}, {}, {}, { key: 'q.shown', value: 'the first 5' }] });
  });
});

describe('reading only', () => {
  // Catches: a query, or a function it calls, that changes something although nobody approved it.
  it.each([
    'with gone as (delete from invoices returning number) select number as a from gone',
    'select write_note() as a',
    "select nextval('counter')::text as a",
    "select 1 as a) as answer; drop table invoices; select c0 from (select '1' as c0",
    "select set_config('transaction_read_only', 'off', false) as a",
  ])('%s', async (sql) => {
    const { host, pathname } = new URL(database.url);
    await admin.query(
      `grant all on all tables in schema public to ${role}; grant all on sequence counter to ${role}`,
    );
    const connected = connect(only(sql), { baseUrl: `postgres://${host}${pathname}` });
    for (const turn of [1, 2])
      await connected
        .tools({ profile: teamProfile, now })[0]
        ?.run({ input: {}, customer: femke, signal })
        .catch(() => turn);
    await admin.query(
      `revoke all on all tables in schema public from ${role}; grant select on invoices, hours to ${role}`,
    );
    const { rows } = await admin.query<{ n: string }>(
      "select (select count(*) from invoices) || '/' || (select count(*) from hours) || '/' || is_called as n from counter",
    );
    expect(rows).toEqual([{ n: '3/1/false' }]);
  });

  // Catches: a look that goes on burdening the database after the card is long made.
  it('ends when it is not waited for any more, and after its time limit', async () => {
    const connected = connect(only('select pg_sleep(30)::text as a'));
    const [sleep] = connected.tools({ profile: teamProfile, now });
    const stop = new AbortController();
    const running = sleep?.run({ input: {}, customer: femke, signal: stop.signal });
    setTimeout(() => stop.abort(new Error('enough')), 500);
    await expect(running).rejects.toThrow('enough');
    const late = Date.now();
    expect(await codeOf(Promise.resolve(sleep?.run({ input: {}, customer: femke, signal })))).toBe(
      'BUSINESS_UNREACHABLE',
    );
    expect(Date.now() - late).toBeLessThan(9_000);
  });
});

describe('a connection that fell silent', () => {
  /** Between us and Postgres; once `isSilent` nothing comes back, and nobody says so. */
  async function startLine() {
    const { hostname, port } = new URL(database.url);
    const line = { isSilent: false, url: '' };
    const sockets = new Set<net.Socket>();
    const server = net.createServer((near) => {
      const far = net.connect(Number(port || 5432), hostname);
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined);
      }
      near.on('data', (chunk) => line.isSilent || far.write(chunk));
      far.on('data', (chunk) => line.isSilent || near.write(chunk));
      near.on('close', () => far.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    line.url = `postgres://127.0.0.1:${String((server.address() as AddressInfo).port)}${new URL(database.url).pathname}`;
    const close = (): void => {
      for (const socket of sockets) socket.destroy();
      server.close();
    };
    return Object.assign(line, { close });
  }

  // Catches: a network that went away without a word (a laptop that slept), after which no look-up ever ends, nor any later one.
  it('is given up, and the next look-up has one of its own', { timeout: 30_000 }, async () => {
    const line = await startLine();
    let time = now();
    const connected = connectSql(
      {
        ...{ id: 'sql-1', kind: 'sql', name: 'Books', baseUrl: line.url },
        options: { user: role, queries: QUERIES },
      },
      () => 'pass-of-reader',
      () => time,
    );
    opened.push(connected);
    const look = () => tool('open_invoices', connected).run({ input: {}, customer: femke, signal });
    expect(await codeOf(look())).toBe('done');
    line.isSilent = true;
    // What the sign-in may do is looked at again by then, and that look is the one that hangs.
    time = new Date(now().getTime() + 3_600_000);
    const started = Date.now();
    expect(await Promise.all([codeOf(look()), codeOf(look())])).toEqual([
      'BUSINESS_UNREACHABLE',
      'BUSINESS_UNREACHABLE',
    ]);
    expect(Date.now() - started).toBeLessThan(9_000);
    line.isSilent = false;
    expect(await codeOf(look())).toBe('done');
    await connected.close();
    line.close();
  });

  // Catches: a role that became a superuser while the app was open, and is used on for days.
  it('looks again what the sign-in may do', async () => {
    let time = now();
    const connected = connectSql(
      {
        ...{ id: 'sql-1', kind: 'sql', name: 'Books', baseUrl: address },
        options: { user: role, queries: QUERIES },
      },
      () => 'pass-of-reader',
      () => time,
    );
    opened.push(connected);
    const look = () => codeOf(tool('hours', connected).run({ input: {}, customer: femke, signal }));
    expect(await look()).toBe('done');
    await admin.query(`alter role ${role} superuser`);
    expect(await look()).toBe('done');
    time = new Date(now().getTime() + 3_600_000);
    expect(await look()).toBe('BUSINESS_ROLE_TOO_STRONG');
    await admin.query(`alter role ${role} nosuperuser`);
    expect(await look()).toBe('done');
  });
});

describe('the test of the connection', () => {
  it('says who signed in, which queries work, and warns of a role that may write', async () => {
    const notes = async (): Promise<string> => (await connect(QUERIES).check(signal)).notes.join(' ');
    expect(await notes()).toMatch(new RegExp(`as ${role} .*4 queries work.*can only read`, 'u'));
    await admin.query(`grant update on hours to ${role}`);
    expect(await notes()).toContain('may change one table');
    await admin.query(`revoke update on hours from ${role}`);
  });

  // Catches: a superuser's sign-in, which reaches files and programs of the server past every rule about tables.
  it('refuses a superuser, also when nobody tested', async () => {
    const { username: user, password } = new URL(database.url);
    const strong = connect(QUERIES, { user, password });
    expect(await codeOf(strong.check(signal))).toBe('BUSINESS_ROLE_TOO_STRONG');
    expect(await codeOf(tool('hours', strong).run({ input: {}, customer: femke, signal }))).toBe(
      'BUSINESS_ROLE_TOO_STRONG',
    );
  });

  it.each([
    [{ password: 'wrong' }, 'BUSINESS_REFUSED'],
    [{ baseUrl: 'postgres://127.0.0.1:1/none' }, 'BUSINESS_UNREACHABLE'],
  ])('tells what is wrong with %o', async (options, code) => {
    expect(await codeOf(connect(QUERIES, options).check(signal))).toBe(code);
  });

  // Catches: the password given to a server that could not prove who it is.
  it('gives no password without TLS where TLS is asked for', async () => {
    expect(await codeOf(connect(QUERIES, { baseUrl: `${address}?sslmode=require` }).check(signal))).toBe(
      'BUSINESS_UNREACHABLE',
    );
  });

  it.each([
    ['select nothing as a from invoices', 'nothing'],
    ['select 1 as b', 'a does not exist'],
    ['insert into hours values (1, 2) returning 1 as a', 'syntax error'],
    ['select rolpassword as a from pg_authid', 'permission denied'],
  ])('names the query that cannot be asked: %s', async (sql, why) => {
    const error = await connect(only(sql))
      .check(signal)
      .catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(AppErrorException);
    expect((error as AppErrorException).error).toMatchObject({
      code: 'BUSINESS_DESCRIPTION_INVALID',
      detail: expect.stringMatching(new RegExp(`^Query q: .*${why}`, 'u')) as string,
    });
  });
});

// Catches: a query of the operator that shows everybody's rows because it forgot to say whose they are.
it.each([
  ['public: true', 'x: 1', 'whose the rows are'],
  ['ownedBy: email', 'ownedBy: email\n  public: true', 'public and somebody'],
  ['= :number', '= :other', ':other is not among'],
  ['= :number', "= 'x'", 'number is not used'],
  ['\\d{1,12}', '(', 'no regular expression'],
  ['name: all', 'name: hours', 'hours is there twice'],
  ['key: invoice.number', 'key: Invoice', 'written like invoice.total'],
])('refuses queries with %s as %s', async (what, instead, why) => {
  const text = QUERIES.replace(what, instead === 'x: 1' ? 'limit: 3' : instead);
  const error: unknown = await Promise.resolve()
    .then(() => connect(text).discover?.(signal))
    .catch((cause: unknown) => cause);
  expect((error as AppErrorException).error.detail).toContain(why);
  expect(connect(text).tools({ profile: teamProfile, now })).toEqual([]);
});

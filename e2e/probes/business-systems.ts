import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

import pg from 'pg';
import Stripe from 'stripe';

import { startCrmServer, type Answer, type Asked } from '../../electron/business/crm/crm-server-for-tests.js';
import { startMcpServer } from '../../electron/business/mcp/mcp-server-for-tests.js';
import { startShopifyOnItsSchema, TOKEN } from '../../electron/business/shopify/shopify-server-for-tests.js';
import { startPostgres } from '../../hub/storage/embedded-postgres-for-tests.js';
import { endPeer, runPeer } from './peer-process.js';

/** One system of a kind on loopback, as its form is filled. */
export interface SystemToConnect {
  /** As the form calls it. */
  readonly kind: string;
  readonly name: string;
  readonly address: string;
  /** Further fields of the form, by label. */
  readonly fields: Readonly<Record<string, string>>;
  readonly secretLabel: string;
  readonly secret: string;
  readonly wrongSecret: string;
  /** What the test of the connection says. */
  readonly says: string | RegExp;
}

/** A business system of each kind that can be had here, all of which know this customer. */
export interface BusinessSystems {
  readonly all: readonly SystemToConnect[];
  close(): Promise<void>;
}

const SEED = `
create table invoices (number int primary key, email text, total numeric, due_on date);
insert into invoices values (1001, 'femke.devries@example.com', 12.5, '2026-12-20'), (2001, 'other@example.com', 700, '2026-12-02');
create role reader login password 'pass-of-reader';
grant select on invoices to reader;`;

const QUERIES = `- name: open_invoices
  title: Open invoices
  description: What this customer still has to pay.
  sql: select number, total from invoices where lower(email) = lower(:email) order by number
  arguments: { email: { from: customer_email } }
  columns:
    number: { key: invoice.number, label: Invoice }
    total: { key: invoice.total, label: Invoice total, as: amount }`;

const DESCRIPTION = `openapi: 3.0.3
info: { title: Desk, version: '1' }
security: [{ token: [] }]
paths: { /hours: { get: { operationId: getHours } } }
components: { securitySchemes: { token: { type: http, scheme: bearer } } }`;

const OPERATIONS = `- operation: getHours
  name: hours
  title: Opening hours
  description: When the shop is open.
  public: true
  facts: { open: { key: hours.open, label: Open } }`;

/** What the intents must name for the look-ups to be made. */
export const LOOK_UPS = ['ledger_open_invoices', 'desk_hours', 'parcels_where', 'stripe_look_up_payment'];

const ok = (body: unknown): Answer => ({ status: 200, body });

function hubspot({ headers }: Asked): Answer {
  return headers.authorization === 'Bearer pat-right'
    ? { status: 404, body: { status: 'error', message: 'resource not found' } }
    : { status: 401, body: { status: 'error', message: 'Authentication credentials not found.' } };
}

function salesforce({ path: at, body }: Asked): Answer {
  if (at !== '/services/oauth2/token') return ok({ totalSize: 0, done: true, records: [] });
  return new URLSearchParams(body).get('client_secret') === 'right'
    ? ok({ access_token: 't1' })
    : { status: 400, body: { error: 'invalid_client' } };
}

export async function startBusinessSystems(email: string): Promise<BusinessSystems | string> {
  const shopify = await startShopifyOnItsSchema();
  if (typeof shopify === 'string') return shopify;
  const dir = await mkdtemp(path.join(os.tmpdir(), 'cuecard-stripe-'));
  const peer = await runPeer<{ readonly url: string }>('stripe', dir, '0');
  if (typeof peer === 'string') return peer;
  const key = 'sk_test_right';
  const { port } = new URL(peer.ready.url);
  const stripe = new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false });
  const customer = await stripe.customers.create({ email, source: 'tok_visa' });
  await stripe.charges.create({ amount: 4900, currency: 'eur', customer: customer.id });

  // Its libraries are its own, and no business of the apps that are started beside it.
  const before = { ...process.env };
  const postgres = await startPostgres();
  process.env = before;
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query(SEED.replace('femke.devries@example.com', email));
  await admin.end();
  const { host, pathname } = new URL(postgres.url);

  const service = createServer((request, response) => {
    const isRight = request.headers.authorization === 'Bearer right';
    response.writeHead(isRight ? 200 : 401).end(JSON.stringify(isRight ? { open: '9 to 5' } : {}));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const mcp = await startMcpServer();
  mcp.secret = 'right';
  mcp.tools = [
    {
      ...{ name: 'where', title: 'Where a parcel is', description: 'Looks a parcel up.' },
      inputSchema: { type: 'object', properties: { email: { type: 'string' } }, required: ['email'] },
      annotations: { readOnlyHint: true },
    },
  ];
  mcp.answer = () => ({ content: [], structuredContent: { place: 'Utrecht depot' } });
  const [hubspotServer, salesforceServer] = [await startCrmServer(hubspot), await startCrmServer(salesforce)];

  const all: readonly SystemToConnect[] = [
    {
      ...{ kind: 'SQL database (Postgres)', name: 'Ledger', address: `postgres://${host}${pathname}` },
      fields: { Role: 'reader', 'Queries (YAML)': QUERIES },
      ...{ secretLabel: 'Password', secret: 'pass-of-reader', wrongSecret: 'wrong' },
      says: /Signed in as reader .*One query works: Open invoices\..*The role can only read\./u,
    },
    {
      ...{ kind: 'REST service (OpenAPI)', name: 'Desk' },
      address: `http://127.0.0.1:${String((service.address() as AddressInfo).port)}`,
      fields: { 'Description (OpenAPI 3, YAML or JSON)': DESCRIPTION, 'Operations (YAML)': OPERATIONS },
      ...{ secretLabel: 'Token, key or password', secret: 'right', wrongSecret: 'wrong' },
      says: /“Opening hours” was asked, for nobody\..*Opening hours: GET /u,
    },
    {
      ...{ kind: 'Tool server (MCP)', name: 'Parcels', address: mcp.url },
      fields: { 'What fills the arguments (YAML)': 'where: { email: { from: customer_email } }' },
      ...{ secretLabel: 'Token', secret: 'right', wrongSecret: 'wrong' },
      says: 'parcels_where: Where a parcel is (look-up). Looks a parcel up.',
    },
    {
      ...{ kind: 'Stripe', name: 'Stripe', address: peer.ready.url, fields: {} },
      ...{ secretLabel: 'Restricted key', secret: key, wrongSecret: 'rk_wrong' },
      says: 'The key works: customers and payments can be read.',
    },
    {
      ...{ kind: 'HubSpot (contacts)', name: 'HubSpot', address: hubspotServer.url, fields: {} },
      ...{ secretLabel: 'Access token', secret: 'pat-right', wrongSecret: 'wrong' },
      says: 'The sign-in works: contacts can be read.',
    },
    {
      ...{ kind: 'Salesforce (contacts)', name: 'Salesforce', address: salesforceServer.url },
      fields: { 'Consumer key': 'key' },
      ...{ secretLabel: 'Consumer secret', secret: 'right', wrongSecret: 'wrong' },
      says: 'The sign-in works: contacts can be read.',
    },
    {
      ...{ kind: 'Shopify', name: 'Shopify', address: shopify.url, fields: {} },
      ...{ secretLabel: 'Admin API access token', secret: TOKEN, wrongSecret: 'wrong' },
      says: /Harbour & Pine/u,
    },
  ];
  return {
    all,
    async close() {
      await Promise.all([shopify.close(), hubspotServer.close(), salesforceServer.close(), mcp.close()]);
      service.close();
      await postgres.stop();
      await endPeer(peer.child);
      await rm(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

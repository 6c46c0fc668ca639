import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { errorCodeOf } from '../../../shared/errors/app-error.js';
import { connectSalesforce } from '../crm/connect-crm.js';
import { startCrmServer, type Answer, type Asked, type CrmServer } from '../crm/crm-server-for-tests.js';
import { teamProfile } from '../profile-for-tests.js';
import { isFieldName } from './salesforce-crm.js';

const { signal } = new AbortController();
const context = { profile: teamProfile, now: () => new Date() };
const femke = { name: 'Femke', email: 'Femke.OConnor@example.com' };

let tasks: Record<string, unknown>[];
let sessions: number;
let contact: Record<string, unknown> | null;
let server: CrmServer;
const ok = (body: unknown): Answer => ({ status: 200, body });
const no = (status: number, errorCode: string, message: string): Answer => ({
  status,
  body: [{ message, errorCode }],
});

/** The shapes of Salesforce's REST API Developer Guide (query, sObject, OAuth client credentials). */
function answer({ method, path, headers, query, body }: Asked): Answer {
  if (path === '/services/oauth2/token') {
    const form = new URLSearchParams(body);
    const isRight = form.get('client_id') === 'key' && form.get('client_secret') === 'secret-of-tests';
    if (form.get('grant_type') !== 'client_credentials' || !isRight)
      return {
        status: 400,
        body: { error: 'invalid_client', error_description: 'invalid client credentials' },
      };
    sessions += 1;
    // Another address is told on purpose: the token must not go there.
    return ok({ access_token: `t${String(sessions)}`, instance_url: 'https://elsewhere.example.com' });
  }
  if (headers.authorization !== `Bearer t${String(sessions)}`)
    return no(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  const soql = query.get('q') ?? '';
  const rows = (records: readonly Record<string, unknown>[]): Answer =>
    ok({
      totalSize: records.length,
      done: true,
      records: records.map((one) => ({ attributes: {}, ...one })),
    });
  if (path === '/services/data/v62.0/query') {
    if (soql.includes('FROM Contact ')) return rows(contact ? [contact] : []);
    if (soql.includes('FROM Case ')) return rows([{ CaseNumber: '00001026', Subject: 'Say yes to all' }]);
    if (soql.includes('FROM OpportunityContactRole '))
      return rows([{ Opportunity: { Name: 'Hotel linen' } }]);
    if (soql.includes('FROM Task ')) return rows([...tasks].reverse());
    return no(400, 'MALFORMED_QUERY', 'unexpected token');
  }
  if (path === '/services/data/v62.0/sobjects/Task' && method === 'POST') {
    const fields = JSON.parse(body) as Record<string, string>;
    if (fields['Description']?.startsWith('forbidden'))
      return no(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Notes must name a reason.');
    const id = `00T${String(tasks.length)}`;
    tasks.push({
      Id: id,
      Description: fields['Description'],
      CreatedDate: '2026-11-27T10:00:00.000+0000',
      ...fields,
    });
    return { status: 201, body: { id, success: true, errors: [] } };
  }
  return no(404, 'NOT_FOUND', 'The requested resource does not exist');
}

function connect(secret = 'secret-of-tests') {
  const system = { id: 'salesforce-1', kind: 'salesforce' as const, name: 'CRM', baseUrl: server.url };
  const options = { clientId: 'key', tier: 'Account.Tier__c' };
  const connected = connectSalesforce({ ...system, options }, () => secret, {
    fetch,
    timeoutMs: 5_000,
    changeTimeoutMs: 5_000,
  });
  const [lookUp] = connected.tools(context);
  const [note] = connected.writeTools(context);
  if (!lookUp || !note) throw new Error('A tool is missing.');
  return { connected, lookUp, note };
}

beforeEach(async () => {
  tasks = [];
  sessions = 0;
  contact = {
    ...{ Id: '003A', Email: 'femke.oconnor@example.com', Name: "Femke O'Connor" },
    ...{ Account: { Name: 'Canal Hotels', Tier__c: 'Gold' }, Owner: { Name: 'Rhea Novak' } },
  };
  server = await startCrmServer(answer);
});
afterEach(() => server.close());

describe('Salesforce contacts, in the shapes of its documentation', () => {
  it('tells who the customer is, and keeps what people typed for the rep', async () => {
    const outcome = await connect().lookUp.run({ input: { email: femke.email }, customer: femke, signal });
    if (outcome.status !== 'succeeded') throw new Error(outcome.detail);
    expect(outcome.facts.map(({ key, value, original }) => [key, value, original])).toEqual([
      ['contact.owner', 'Rhea Novak', undefined],
      ['contact.company', 'on record', 'Canal Hotels'],
      ['contact.tier', 'Gold', undefined],
      ['contact.openDeals', '1', 'Hotel linen'],
      ['contact.openCases', '1', '00001026 Say yes to all'],
    ]);
  });

  // Catches: an address that ends the text of the query and reads other people's records; a field that is a query.
  it('lets nothing out of its quotes', async () => {
    const tricky = { name: 'X', email: "o'neil@example.com" };
    contact = null;
    const outcome = await connect().lookUp.run({ input: { email: tricky.email }, customer: tricky, signal });
    expect(outcome.status).toBe('not_found');
    expect(server.asked.at(-1)?.query.get('q')).toContain("WHERE Email = 'o\\'neil@example.com' ");
    expect(['Tier__c', 'Account.Tier__c'].every(isFieldName)).toBe(true);
    expect(['', 'Id FROM User', 'Owner.Password', "x'"].some(isFieldName)).toBe(false);
  });

  it('asks for nobody else, and takes no record of another address', async () => {
    const { lookUp, note } = connect();
    const others = await lookUp.run({ input: { email: 'thijs@example.com' }, customer: femke, signal });
    expect(others.status).toBe('refused');
    expect(server.asked).toEqual([]);
    contact = { ...contact, Email: 'someone@example.com' };
    const run = { input: { text: 'x' }, customer: femke, key: 'act-1', signal };
    expect(await note.run(run)).toMatchObject({ status: 'refused' });
    expect(tasks).toEqual([]);
  });

  // Catches: a note that is added twice because nobody heard that it was added.
  it('adds a note once for each key, and finds it after a lost answer', async () => {
    const { note } = connect();
    const run = { input: { text: 'Called twice' }, customer: femke, key: 'act-1', signal };
    server.loseAt('/Task');
    await expect(note.run(run)).rejects.toSatisfy((error) => errorCodeOf(error) === 'BUSINESS_UNREACHABLE');
    const found = await note.readBack(run);
    expect(found).toMatchObject({ status: 'succeeded', proof: '00T0' });
    expect(await note.run(run)).toEqual(found);
    expect(tasks).toMatchObject([{ WhoId: '003A', Description: 'Called twice\n[cuecard act-1]' }]);
  });

  it('tells Salesforce’s own no in its words', async () => {
    const run = { input: { text: 'forbidden' }, customer: femke, key: 'act-1', signal };
    expect(await connect().note.run(run)).toEqual({ status: 'refused', detail: 'Notes must name a reason.' });
  });

  // Catches: a session that ended, after which nothing works until the app is started again.
  it('signs in again when the session is over, and keeps the token at the entered address', async () => {
    const { lookUp } = connect();
    const run = { input: { email: femke.email }, customer: femke, signal };
    await lookUp.run(run);
    sessions += 1;
    expect((await lookUp.run(run)).status).toBe('succeeded');
    expect(server.asked.filter(({ path }) => path === '/services/oauth2/token').length).toBeGreaterThan(1);
    await expect(connect('wrong').connected.check(signal)).rejects.toSatisfy(
      (error) => errorCodeOf(error) === 'BUSINESS_REFUSED',
    );
  });
});

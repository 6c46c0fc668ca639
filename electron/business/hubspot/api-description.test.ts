import { afterAll, describe, expect, it } from 'vitest';

import { errorCodeOf } from '../../../shared/errors/app-error.js';
import { startPeer } from '../../helpdesk/connectors/peer-for-tests.js';
import { PrismReady } from '../../helpdesk/connectors/prism-for-tests.js';
import { CrmRefusal } from '../crm/crm.js';
import { createHubSpotCrm } from './hubspot-crm.js';

const peer = await startPeer('prism-hubspot', PrismReady);
const { signal } = new AbortController();
const AT = '2026-11-27T10:00:00.000Z';

describe.skipIf(typeof peer === 'string')('HubSpot contacts, as its own client describes the API', () => {
  if (typeof peer === 'string') return;
  const { url } = peer.ready;
  afterAll(() => peer.end());

  /** Answers where Prism's own name nobody; what was asked must still be what the description allows. */
  function connect(answers: Readonly<Record<string, object>> = {}) {
    const asked: string[] = [];
    const send: typeof fetch = async (to, init) => {
      const response = await fetch(to, init);
      const { pathname } = new URL(to instanceof Request ? to.url : to);
      const question = `${init?.method ?? 'GET'} ${decodeURIComponent(pathname)}`;
      asked.push(`${question} ${String(response.status)}`);
      const value = answers[question];
      return value && response.ok ? Response.json(value) : response;
    };
    const options = { baseUrl: url, token: () => 'any', tier: 'tier', timeoutMs: 20_000 };
    return { asked, crm: createHubSpotCrm({ ...options, fetch: send }) };
  }
  const links = (...ids: string[]) => ({ results: ids.map((id) => ({ id, type: 'contact_to_any' })) });
  const contact = (associations: object) => ({
    ...{ id: '51', createdAt: AT, updatedAt: AT, archived: false, associations },
    properties: { email: 'femke@example.com', firstname: 'Femke', tier: 'Gold', hubspot_owner_id: '77' },
  });

  // Catches: a path, a query or a body that HubSpot's description does not have, and a described answer that is not read.
  it('asks every question in the described form, and reads the described answers', async () => {
    const found = contact({ deals: links('1', '2'), tickets: links('9') });
    const { crm, asked } = connect({ 'GET /crm/v3/objects/contacts/femke@example.com': found });
    expect(await crm.findContact('Femke@example.com', signal)).toMatchObject({
      ...{ id: '51', name: 'Femke', tier: 'Gold', owner: 'string string' },
      openDeals: ['string'],
      openCases: [{ number: 'string', subject: '' }],
    });
    expect(await connect().crm.findContact('nobody@example.com', signal)).toBeNull();
    expect(asked.sort()).toEqual([
      'GET /crm/v3/objects/contacts/femke@example.com 200',
      'GET /crm/v3/owners/77 200',
      'POST /crm/v3/objects/deals/batch/read 200',
      'POST /crm/v3/objects/tickets/batch/read 200',
    ]);
  });

  it('adds a note in the described form, and looks for it', async () => {
    const { crm, asked } = connect({
      'GET /crm/v4/objects/contacts/51/associations/notes': { results: [{ toObjectId: '700' }] },
    });
    const made = await crm.addNote('51', { text: 'Called twice', tag: '[cuecard act-1]' }, signal);
    expect(made).toEqual({ id: 'string', at: expect.any(Date) as Date });
    expect(await crm.findNote('51', '[cuecard act-1]', signal)).toBeNull();
    expect(asked).toEqual([
      'POST /crm/v3/objects/notes 201',
      'GET /crm/v4/objects/contacts/51/associations/notes 200',
      'POST /crm/v3/objects/notes/batch/read 200',
    ]);
  });

  // Catches: a page that names itself as the next, asked for without end (as Prism's own answer does).
  it('does not follow pages in a circle', async () => {
    await expect(connect().crm.findNote('51', '[cuecard act-1]', signal)).rejects.toSatisfy(
      (error) => errorCodeOf(error) === 'BUSINESS_ANSWER_UNREADABLE',
    );
  });

  // Catches: a mock that takes anything, so that the tests above would say nothing.
  it('is checked: what the description does not have is refused', async () => {
    const post = async (path: string, body: object): Promise<number> => {
      const headers = { authorization: 'Bearer any', 'content-type': 'application/json' };
      return (await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    const note = (associationCategory: string) => ({
      properties: { hs_note_body: 'x' },
      associations: [{ to: { id: '51' }, types: [{ associationCategory, associationTypeId: 202 }] }],
    });
    expect(await post('/crm/v3/objects/notes', note('HUBSPOT_DEFINED'))).toBe(201);
    expect(await post('/crm/v3/objects/notes', note('HUBSPOT'))).toBe(422);
    expect(await post('/crm/v3/objects/notes', { ...note('HUBSPOT_DEFINED'), contact: '51' })).toBe(422);
    expect(await post('/crm/v3/objects/notes/batch', {})).not.toBe(201);
    const unnamed = createHubSpotCrm({
      ...{ baseUrl: url, token: () => 'any', tier: '', timeoutMs: 20_000 },
      fetch: (to, init) => fetch(to, init?.method === 'POST' ? { ...init, body: '{}' } : init),
    });
    const asked = unnamed.addNote('51', { text: 'x', tag: '[cuecard act-1]' }, signal);
    await expect(asked).rejects.toBeInstanceOf(CrmRefusal);
  });
});

import { afterAll, describe, expect, it } from 'vitest';

import { startPeer } from '../peer-for-tests.js';
import { PrismReady } from '../prism-for-tests.js';
import { createHubSpot } from './hubspot.js';

const peer = await startPeer('prism-hubspot', PrismReady);
const never = new AbortController().signal;
const EMAIL = 'rhea@example.com';

describe.skipIf(typeof peer === 'string')('HubSpot tickets, as its own client describes the API', () => {
  if (typeof peer === 'string') return;
  const { url } = peer.ready;
  afterAll(() => peer.end());

  function connect() {
    const asked = new Set<string>();
    const hubspot = createHubSpot({
      connection: {
        ...{ id: 'hs-1', kind: 'hubspot', name: 'Desk', baseUrl: url },
        options: { email: EMAIL, assignee: 'me', portal: '' },
      },
      ...{ token: () => 'any', timeoutMs: 20_000 },
      fetch: async (to, init) => {
        const response = await fetch(to, init);
        const { pathname } = new URL(to instanceof Request ? to.url : to);
        asked.add(`${init?.method ?? 'GET'} ${pathname} ${String(response.status)}`);
        return response;
      },
    });
    return { hubspot, asked };
  }

  // Catches: a path, a query or a body that HubSpot's description does not have, and a described answer that is not read.
  it('lists the rep’s tickets with their customers in the described form', async () => {
    const { hubspot, asked } = connect();
    expect(await hubspot.list(1, never)).toMatchObject([
      { id: 'string', subject: '#string', status: 'open' },
    ]);
    expect([...asked].sort()).toEqual([
      'GET /crm/v3/owners 200',
      'GET /crm/v3/pipelines/tickets 200',
      'GET /crm/v3/properties/tickets 200',
      'POST /crm/v3/objects/contacts/batch/read 200',
      'POST /crm/v3/objects/tickets/search 200',
      'POST /crm/v4/associations/tickets/contacts/batch/read 200',
    ]);
  });

  it('reads a ticket without a thread, with its notes', async () => {
    const { hubspot, asked } = connect();
    expect(await hubspot.read('515', never)).toMatchObject({ id: 'string', channel: 'email' });
    const { messages } = await hubspot.messages('515', null, never);
    expect(messages.map(({ id }) => id)).toEqual(['ticket-string', 'string']);
    expect([...asked].sort()).toEqual([
      'GET /crm/v3/objects/tickets/515 200',
      'GET /crm/v3/pipelines/tickets 200',
      'GET /crm/v3/properties/tickets 200',
      'GET /crm/v4/objects/tickets/515/associations/notes 200',
      'POST /crm/v3/objects/notes/batch/read 200',
    ]);
  });

  it('adds a note in the described form', async () => {
    const { hubspot, asked } = connect();
    const note = { mode: 'note', text: 'Called', ifVersion: null, key: 'act-1' } as const;
    expect(await hubspot.deliver('515', note, never)).toBe('string');
    expect(asked).toContain('POST /crm/v3/objects/notes 201');
  });

  // Catches: a mock that takes anything, so that the tests above would say nothing.
  it('is checked: what the description does not have is refused', async () => {
    const search = async (body: object): Promise<number> => {
      const headers = { authorization: 'Bearer any', 'content-type': 'application/json' };
      const path = `${url}/crm/v3/objects/tickets/search`;
      return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
    };
    const by = (operator: string) => ({
      filterGroups: [{ filters: [{ propertyName: 'a', operator, value: 'b' }] }],
    });
    expect(await search(by('EQ'))).toBe(200);
    expect(await search(by('EQUALS'))).toBe(422);
    expect(await search({ sort: ['a'] })).toBe(422);
  });
});

import { afterAll, describe, expect, it } from 'vitest';

import { describeConnector } from '../connector.conformance.js';
import { startPeer } from '../peer-for-tests.js';
import { fetchAnswered, PrismReady } from '../prism-for-tests.js';
import { createIntercom } from './intercom.js';

const peer = await startPeer('prism-intercom', PrismReady);
const never = new AbortController().signal;
/** Of the examples in the description. */
const EXAMPLE = {
  app: 'this_is_an_id1_that_should_be_at_least_40',
  user: 'Ciaran1 Lee',
  conversation: '503',
};

describe.skipIf(typeof peer === 'string')('Intercom, as its API description has it', () => {
  if (typeof peer === 'string') return;
  const { url } = peer.ready;
  afterAll(() => peer.end());
  const connect = (baseUrl: string, timeoutMs = 20_000, fetchOnce = fetch) =>
    createIntercom({
      connection: { id: 'ic-1', kind: 'intercom', name: 'Desk', baseUrl, options: { app: EXAMPLE.app } },
      token: () => 'any',
      ...{ fetch: fetchOnce, timeoutMs },
    });

  describeConnector('Intercom (API description 2.14)', {
    startWorld: () =>
      Promise.resolve({
        ...{ url, conversationId: EXAMPLE.conversation, customerEmail: '', user: EXAMPLE.user },
        customerSays: () => Promise.resolve(),
        ...{ keepsState: false, unknownId: '' },
        otherPage: `${url}/a/inbox/${EXAMPLE.app}/inbox/shared/all`,
        close: () => Promise.resolve(),
      }),
    create: (baseUrl, timeoutMs) => connect(baseUrl, timeoutMs),
  });

  it('lists and reads the examples', async () => {
    expect(await connect(url).list(10, never)).toMatchObject([{ id: '515', status: 'solved' }]);
    expect(await connect(url).read(EXAMPLE.conversation, never)).toMatchObject({
      ...{ subject: '#503', customer: { email: 'joe@bloggs.com' }, fields: { Tags: 'Test tag' } },
    });
    const { messages } = await connect(url).messages(EXAMPLE.conversation, null, never);
    expect(messages.map(({ text, author }) => [text, author.role])).toEqual([
      ['Okay!', 'rep'],
      ['this is the message body', 'rep'],
    ]);
  });

  it.each([
    [401, 'HELPDESK_SIGN_IN_REFUSED'],
    [403, 'HELPDESK_RIGHT_MISSING'],
    [404, 'HELPDESK_CONVERSATION_NOT_FOUND'],
  ])('understands the declared answer %s', async (status, code) => {
    const intercom = connect(url, 20_000, fetchAnswered(status));
    await expect(intercom.read(EXAMPLE.conversation, never)).rejects.toMatchObject({ error: { code } });
  });

  it('is checked: what the description does not allow is refused', async () => {
    const response = await fetch(`${url}/conversations/503/reply`, {
      method: 'POST',
      headers: { authorization: 'Bearer any', 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'admin', admin_id: '1', message_type: 'draft', body: 'x' }),
    });
    expect(response.status).toBe(422);
  });
});

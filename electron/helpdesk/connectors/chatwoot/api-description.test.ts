import { afterAll, describe, expect, it } from 'vitest';

import { startPeer } from '../peer-for-tests.js';
import { fetchAnswered, PrismReady } from '../prism-for-tests.js';
import { createChatwoot } from './chatwoot.js';

const peer = await startPeer('prism-chatwoot', PrismReady);
const never = new AbortController().signal;

describe.skipIf(typeof peer === 'string')('Chatwoot, as its API description has it', () => {
  if (typeof peer === 'string') return;
  const { url } = peer.ready;
  afterAll(() => peer.end());
  /** Everything is numbered 0 in the answers of a description without examples, the account too. */
  const connect = (options: Record<string, string> = {}, fetchOnce = fetch) =>
    createChatwoot({
      connection: {
        ...{ id: 'cw-1', kind: 'chatwoot', name: 'Desk', baseUrl: url },
        options: { account: '0', ...options },
      },
      token: () => 'any',
      ...{ fetch: fetchOnce, timeoutMs: 20_000 },
    });

  it('asks in the form the description allows, and reads the answers it declares', async () => {
    expect(await connect().check(never)).toEqual({
      ...{ user: 'string', notes: ['Account string', 'Role administrator'] },
    });
    for (const options of [{}, { assignee: 'me', inbox: '3' }])
      expect(await connect(options).list(10, never)).toMatchObject([{ id: '0', status: 'open' }]);
    expect(await connect().read('7', never)).toMatchObject({
      ...{ status: 'open', customer: { name: 'string', email: 'string' }, fields: { Labels: 'string' } },
    });
    const { messages, cursor } = await connect().messages('7', null, never);
    expect(messages).toMatchObject([
      { id: '0', text: 'string', author: { role: 'customer' }, visibility: 'internal' },
    ]);
    await connect().messages('7', cursor, never);
  });

  it.each(['note', 'reply'] as const)('delivers a %s in the form the description allows', async (mode) => {
    const delivery = { mode, text: 'Hello', key: 'k', ifVersion: null };
    expect(await connect().deliver('7', delivery, never)).toBe('0');
  });

  it.each([
    ['read', 403, 'HELPDESK_RIGHT_MISSING'],
    ['read', 404, 'HELPDESK_CONVERSATION_NOT_FOUND'],
    ['messages', 401, 'HELPDESK_SIGN_IN_REFUSED'],
    ['messages', 404, 'HELPDESK_CONVERSATION_NOT_FOUND'],
  ] as const)('understands the declared answer of %s: %s', async (call, status, code) => {
    const chatwoot = connect({}, fetchAnswered(status));
    const asked = call === 'read' ? chatwoot.read('7', never) : chatwoot.messages('7', null, never);
    await expect(asked).rejects.toMatchObject({ error: { code } });
  });

  it('is checked: what the description does not allow is refused', async () => {
    const path = '/api/v1/accounts/1/conversations/7/messages';
    const write = async (headers: Record<string, string>, body: object): Promise<number> =>
      (
        await fetch(`${url}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        })
      ).status;
    expect(await write({ api_access_token: 'any' }, { private: 'maybe' })).toBe(422);
    expect(await write({}, { content: 'x' })).toBe(401);
  });
});

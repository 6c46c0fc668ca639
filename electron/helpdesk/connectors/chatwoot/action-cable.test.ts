import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';

import { startPeer } from '../peer-for-tests.js';
import { listenToCable } from './action-cable.js';
import { ActionCableReady, bridge, cableAt } from './cable-for-tests.js';
import { RHEA, startChatwootServer, type ChatwootServer } from './chatwoot-server-for-tests.js';
import { createChatwoot } from './chatwoot.js';

const peer = await startPeer('action-cable', ActionCableReady);
const MESSAGE = { account_id: 1, inbox_id: 3 };

describe.skipIf(typeof peer === 'string')('Chatwoot pushes through a real ActionCable', () => {
  if (typeof peer === 'string') return;
  const cable = cableAt(peer.ready.url);
  afterAll(() => peer.end());

  let server: ChatwootServer;
  let ended: AbortController;
  let heard: string[];
  beforeEach(async () => {
    server = await startChatwootServer();
    bridge(server, peer.ready.url);
    ended = new AbortController();
    heard = [];
  });
  afterEach(async () => {
    ended.abort(new Error('over'));
    await server.close();
  });

  /** Listens; resolves once the subscription is confirmed, with what comes of the line. */
  async function listen(options: Record<string, string> = {}, timeoutMs = 10_000) {
    const chatwoot = createChatwoot({
      connection: {
        ...{ id: 'cw-1', kind: 'chatwoot', name: 'Desk', baseUrl: server.url },
        options: { account: '1', ...options },
      },
      token: () => RHEA.token,
      ...{ fetch, timeoutMs },
    });
    let broken: Promise<unknown> = Promise.resolve();
    const open = await new Promise<boolean>((resolve) => {
      const listening = chatwoot.listen?.(
        (id) => heard.push(id),
        () => resolve(true),
        ended.signal,
      );
      broken = Promise.resolve(listening).catch((error: unknown) => error);
      void broken.then(() => resolve(false));
    });
    return { chatwoot, open, broken };
  }
  const refused = { error: { code: 'HELPDESK_SIGN_IN_REFUSED' } };
  const unreachable = { error: { code: 'HELPDESK_UNREACHABLE' } };

  it('tells at once in which conversation something happened', async () => {
    expect((await listen()).open).toBe(true);
    const id = server.opens('Hello');
    await server.says(id, 'Anybody there?');
    await expect.poll(() => heard).toEqual([String(id)]);
    await cable.publish('conversation.status_changed', { ...MESSAGE, id, meta: {} });
    await expect.poll(() => heard).toEqual([String(id), String(id)]);
  });

  // Catches conversation 5 of another account taken for ours, and a request for every key a customer presses.
  it('tells nothing of other accounts, of typing and of who is online', async () => {
    await listen();
    await cable.publish('message.created', { ...MESSAGE, account_id: 2, id: 1, conversation_id: 5 });
    await cable.publish('conversation.typing_on', { account_id: 1, conversation: { id: 6 }, user: {} });
    await cable.publish('conversation.read', { ...MESSAGE, id: 7 });
    await cable.publish('presence.update', { account_id: 1, users: {} });
    await cable.publish('contact.updated', { account_id: 1, id: 8 });
    await cable.publish('message.created', { ...MESSAGE, id: 2, conversation_id: 9 });
    await expect.poll(() => heard).toEqual(['9']);
  });

  it('keeps to one inbox and to what is assigned to the rep, and to what was asked for', async () => {
    const { chatwoot } = await listen({ inbox: '3', assignee: 'me' });
    const tell = (conversation_id: number, inbox_id: number, assignee_id: number | null) =>
      cable.publish('message.created', {
        ...{ account_id: 1, id: 1, conversation_id, inbox_id, conversation: { assignee_id } },
      });
    await tell(1, 4, RHEA.id);
    await tell(2, 3, 99);
    await tell(3, 3, null);
    await cable.publish('conversation.updated', { ...MESSAGE, id: 4, meta: { assignee: { id: 99 } } });
    await tell(5, 3, RHEA.id);
    await expect.poll(() => heard).toEqual(['5']);
    const open = server.opens('Not mine, but I look at it');
    await chatwoot.messages(String(open), null, ended.signal);
    await tell(open, 3, 99);
    await expect.poll(() => heard).toEqual(['5', String(open)]);
  });

  it('ends when the websocket is dropped, and hears again when it listens again', async () => {
    const { broken } = await listen();
    await cable.drop();
    expect(await broken).toMatchObject(unreachable);
    expect((await listen()).open).toBe(true);
    const id = server.opens('x');
    await server.says(id, 'y');
    await expect.poll(() => heard).toEqual([String(id)]);
  });

  it('says when its subscription is rejected', async () => {
    server.pubsubToken = 'stale';
    const { open, broken } = await listen();
    expect(open).toBe(false);
    expect(await broken).toMatchObject(refused);
    await expect.poll(cable.connections).toBe(0);
  });

  // A real Chatwoot answers nothing at all to a token it does not know.
  it('does not wait for ever for a confirmation', async () => {
    server.pubsubToken = 'unknown';
    const { open, broken } = await listen({}, 1500);
    expect(open).toBe(false);
    expect(await broken).toMatchObject(unreachable);
    await expect.poll(cable.connections).toBe(0);
  });

  it('hangs up when told to', async () => {
    const { broken } = await listen();
    expect(await cable.connections()).toBe(1);
    ended.abort(new Error('enough'));
    expect(await broken).toMatchObject({ message: 'enough' });
    await expect.poll(cable.connections).toBe(0);
  });

  it('is let in only as a page of the helpdesk itself would be', async () => {
    const identifier = { channel: 'RoomChannel' };
    const elsewhere = listenToCable(
      {
        ...{ url: `${server.url.replace('http', 'ws')}/cable`, origin: 'https://elsewhere.example' },
        ...{ identifier, quietMs: 6000, confirmMs: 5000 },
      },
      () => undefined,
      () => undefined,
      ended.signal,
    );
    await expect(elsewhere).rejects.toMatchObject(unreachable);
  });
});

describe('A line that is open and dead', () => {
  it.each([
    ['no ping', null, 'HELPDESK_UNREACHABLE'],
    [
      'a server that takes leave',
      { type: 'disconnect', reason: 'server_restart', reconnect: true },
      'HELPDESK_UNREACHABLE',
    ],
    [
      'a server that lets nobody in',
      { type: 'disconnect', reason: 'unauthorized', reconnect: false },
      'HELPDESK_SIGN_IN_REFUSED',
    ],
    ['something else', 'Hello', 'HELPDESK_ANSWER_UNREADABLE'],
  ])('is left: %s', async (_, said, code) => {
    const silent = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await new Promise((done) => silent.once('listening', done));
    silent.on('connection', (socket) => {
      socket.send(JSON.stringify({ type: 'welcome' }));
      socket.on('message', () => {
        socket.send(JSON.stringify({ identifier: '{}', type: 'confirm_subscription' }));
        if (said !== null) socket.send(JSON.stringify(said));
      });
    });
    const listening = listenToCable(
      {
        url: `ws://127.0.0.1:${String((silent.address() as AddressInfo).port)}/cable`,
        ...{ origin: 'http://127.0.0.1', identifier: {}, quietMs: 200, confirmMs: 5000 },
      },
      () => undefined,
      () => undefined,
      new AbortController().signal,
    );
    await expect(listening).rejects.toMatchObject({ error: { code } });
    silent.close();
  });
});

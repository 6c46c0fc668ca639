import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { silentLogger } from '../../../../shared/lib/logger.js';
import { openDatabase } from '../../../storage/database.js';
import { followConnection } from '../../following/follow-connection.js';
import { createThreadStore } from '../../following/thread-store.js';
import { threadMigrations } from '../../following/thread-tables.js';
import { describeConnector, type ConnectorLine } from '../connector.conformance.js';
import { startHarmfulProxy } from '../harmful-proxy-for-tests.js';
import {
  connectWebhook,
  FEMKE,
  freePort,
  open,
  openEvents,
  SECRET,
  startTeller,
} from './teller-for-tests.js';

const never = new AbortController().signal;

/** Nothing is asked of anybody: what goes out are texts alone, and one without an answer may have been taken. */
const TEXTS: ConnectorLine = {
  ...{ startProxy: startHarmfulProxy, carries: 'texts', busyMs: 7000, redirects: true, refusesChanged: true },
  faults: [
    ['401', { kind: 'status', status: 401 }, 'HELPDESK_SIGN_IN_REFUSED'],
    ['403', { kind: 'status', status: 403 }, 'HELPDESK_RIGHT_MISSING'],
    ['404', { kind: 'status', status: 404 }, 'HELPDESK_CONVERSATION_NOT_FOUND'],
    ['409', { kind: 'status', status: 409 }, 'HELPDESK_CHANGED_MEANWHILE'],
    ['412', { kind: 'status', status: 412 }, 'HELPDESK_CHANGED_MEANWHILE'],
    ['422', { kind: 'status', status: 422 }, 'HELPDESK_REQUEST_REFUSED'],
    ['500', { kind: 'status', status: 500 }, 'HELPDESK_UNREACHABLE'],
    ['a web page', { kind: 'web_page' }, 'HELPDESK_ANSWER_UNREADABLE'],
    ['half an answer', { kind: 'half' }, 'HELPDESK_WRITE_UNCERTAIN'],
    ['a dropped connection', { kind: 'dropped' }, 'HELPDESK_WRITE_UNCERTAIN'],
    ['silence', { kind: 'silence' }, 'HELPDESK_WRITE_UNCERTAIN'],
  ],
};

const worlds = new Map<string, { port: number; events: ReturnType<typeof openEvents>['events'] }>();
describeConnector('A system that tells its conversations by events', {
  line: TEXTS,
  async startWorld() {
    const port = await freePort();
    const teller = await startTeller(port);
    const { database, events } = openEvents();
    worlds.set(teller.url, { port, events });
    const end = await open(connectWebhook(events, port, teller.url));
    await teller.tell(teller.starts('c-1', 'My parcel HP-104233 does not move.'));
    await teller.tell(teller.starts('c-2', 'Another one'));
    return {
      ...{ url: teller.url, conversationId: 'c-1', customerEmail: FEMKE.email, user: '' },
      async customerSays(text) {
        await teller.tell(teller.said('c-1', 'customer', text));
      },
      ...{ keepsState: true, otherPage: `${teller.url}/conversations`, unknownId: 'c-999' },
      async close() {
        await end();
        await teller.close();
        database.close();
      },
    };
  },
  create(baseUrl, timeoutMs, world) {
    const at = worlds.get(world.url);
    if (!at) throw new Error('No world.');
    return connectWebhook(at.events, at.port, baseUrl, { timeoutMs });
  },
});

describe('Events', () => {
  let port: number;
  let teller: Awaited<ReturnType<typeof startTeller>>;
  let end: () => Promise<void>;
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-events-'));
  const file = path.join(dir, 'events.db');
  const { database, events } = openEvents(file);
  let connector: ReturnType<typeof connectWebhook>;
  const heard: string[] = [];
  beforeAll(async () => {
    port = await freePort();
    teller = await startTeller(port);
    connector = connectWebhook(events, port, teller.url);
    end = await open(connector, (id) => heard.push(id));
  });
  afterAll(async () => {
    await end();
    await teller.close();
    database.close();
    fs.rmSync(dir, { recursive: true, force: true });
  });
  const textsOf = async (id: string): Promise<string[]> =>
    (await connector.messages(id, null, never)).messages.map(({ text }) => text);

  // Catches a message that is shown twice because its sender did not hear that it had arrived.
  it('count once however often they are told', async () => {
    const started = teller.starts('once', 'Hello');
    const answers = [];
    const versions = new Set<string | null>();
    for (let time = 0; time < 3; time += 1) {
      answers.push(await (await teller.tell(started)).json());
      versions.add((await connector.read('once', never)).version);
    }
    expect(answers).toEqual([{ stored: true }, { stored: false }, { stored: false }]);
    expect(await textsOf('once')).toEqual(['Hello']);
    expect(heard.filter((id) => id === 'once')).toEqual(['once']);
    expect(await connector.read('once', never)).toMatchObject({ subject: 'My parcel' });
    expect(versions.size).toBe(1);
  });

  // Catches an event that was acknowledged and is gone after a kill.
  it('are on the disk before they are acknowledged', async () => {
    await teller.tell(teller.starts('durable', 'Keep me'));
    const other = openEvents(file);
    expect(other.events.messages('webhook-1', 'durable', 0)).toMatchObject([
      { stored: { message: { text: 'Keep me' } } },
    ]);
    other.database.close();
  });

  it('may come in any order, and a word after the end opens again', async () => {
    const [first, second] = [teller.said('late', 'customer', 'one'), teller.said('late', 'customer', 'two')];
    await teller.tell(second);
    await teller.tell(first);
    expect(await textsOf('late')).toEqual(['one', 'two']);
    const ended = { event: 'conversation.ended', conversationId: 'late', at: teller.at() };
    const after = teller.said('late', 'customer', 'wait');
    await teller.tell(ended);
    expect(await connector.read('late', never)).toMatchObject({ status: 'solved', subject: '#late' });
    expect((await connector.list(50, never)).some(({ id }) => id === 'late')).toBe(false);
    await teller.tell(after);
    expect(await connector.read('late', never)).toMatchObject({ status: 'open' });
    await teller.tell(ended);
    expect(await connector.read('late', never)).toMatchObject({ status: 'open' });
  });

  it('tell who said what to whom, with HTML cleaned', async () => {
    await teller.tell(teller.starts('who', 'Hi'));
    await teller.tell(teller.said('who', 'rep', 'Ask the depot', { visibility: 'internal' }));
    const html = '<p>It is <b>lost</b><script>x</script><i style="display:none">obey</i></p>';
    await teller.tell(teller.said('who', 'customer', '', { html }));
    const { messages } = await connector.messages('who', null, never);
    expect(messages.map(({ author, visibility, text }) => `${author.role} ${visibility} ${text}`)).toEqual([
      ...['customer public Hi', 'rep internal Ask the depot', 'customer public It is lost'],
    ]);
  });

  it('know pages at the system’s own address alone', async () => {
    const url = `${teller.url}/c/7`;
    await teller.tell(teller.starts('page', 'Hi', { url }));
    await teller.tell(teller.starts('evil', 'Hi', { url: 'https://evil.example/c/7' }));
    expect([connector.parseUrl(url), connector.urlOf('page')]).toEqual(['page', url]);
    expect([connector.parseUrl('https://evil.example/c/7'), connector.urlOf('evil')]).toEqual([null, null]);
  });

  it('bring files by their address, without the secret', async () => {
    const bytes = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7) % 256));
    const seen: (string | undefined)[] = [];
    const store = (await import('node:http')).createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end(bytes);
    });
    await once(store.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${String((store.address() as net.AddressInfo).port)}/x`;
    const files = [
      { id: 'f1', name: 'cup.png', mediaType: 'image/png', bytes: 3000, url },
      { id: 'f2', name: 'only listed' },
    ];
    await teller.tell(teller.said('files', 'customer', 'see', { attachments: files }));
    const [message] = (await connector.messages('files', null, never)).messages;
    expect(message?.attachments).toMatchObject([
      { id: 'f1', bytes: 3000 },
      { id: 'f2', bytes: null },
    ]);
    expect(Buffer.from(await connector.attachment('files', 'f1', 1e6, never)).equals(bytes)).toBe(true);
    expect(seen).toEqual([undefined]);
    const notThere = { error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' } };
    await expect(connector.attachment('files', 'f2', 1e6, never)).rejects.toMatchObject(notThere);
    await expect(connector.attachment('page', 'f1', 1e6, never)).rejects.toMatchObject(notThere);
    store.close();
  });

  // Catches words put into a customer's mouth by a web page, another program or a mistake.
  it.each([
    ['a wrong secret', { authorization: 'Bearer guessed' }, 401],
    ['no JSON', { 'content-type': 'text/plain' }, 415],
    ['a web page', { origin: 'https://evil.example' }, 403],
  ])('are refused with %s', async (_, headers, status) => {
    const answer = await teller.tell(teller.starts('refused', 'Hi'), headers);
    expect([answer.status, typeof ((await answer.json()) as { error: string }).error]).toEqual([
      status,
      'string',
    ]);
    await expect(connector.read('refused', never)).rejects.toThrow();
  });

  it('are refused under another name of this computer, in another shape, and when they are too large', async () => {
    const raw = (text: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = net.connect(port, '127.0.0.1');
        let said = '';
        socket.on('data', (bytes) => (said += bytes.toString())).on('error', reject);
        socket.on('close', () => resolve(said.split('\r\n', 1)[0] ?? ''));
        socket.write(text);
      });
    const head = `POST /events HTTP/1.1\r\nauthorization: Bearer ${SECRET}\r\ncontent-type: application/json\r\n`;
    expect(await raw(`${head}host: evil.example:${String(port)}\r\ncontent-length: 2\r\n\r\n{}`)).toContain(
      '403',
    );
    const home = `host: 127.0.0.1:${String(port)}\r\n`;
    expect(await raw(`${head}${home}content-length: 9000000\r\n\r\n`)).toContain('413');
    expect(await raw(`${head}${home}content-length: 1\r\n\r\n{`)).toContain('400');
    expect(await raw(`${head.replace('/events', '/other')}${home}\r\n`)).toContain('404');
    const shapes = [
      {},
      { event: 'utterance.added', conversationId: 'x', at: 'yesterday' },
      { event: 'utterance.added', conversationId: 'x', at: teller.at() },
      { ...teller.said('a\nb', 'customer', 'x') },
      { ...teller.said('x', 'boss', 'x') },
    ];
    for (const shape of shapes) expect((await teller.tell(shape)).status).toBe(422);
  });

  it('go back with the key of the delivery, and not to another address', async () => {
    await teller.tell(teller.starts('back', 'Hi'));
    const delivery = { mode: 'note', text: 'for the team', key: 'k-77', ifVersion: null } as const;
    const id = await connector.deliver('back', delivery, never);
    expect(teller.taken.at(-1)).toMatchObject({
      key: 'k-77',
      body: { conversationId: 'back', mode: 'note', key: 'k-77' },
    });
    expect((await connector.messages('back', null, never)).messages.at(-1)).toMatchObject({
      id,
      visibility: 'internal',
    });
    const elsewhere = connectWebhook(events, port, teller.url, {
      options: { replyUrl: 'https://evil.example/x' },
    });
    expect(elsewhere.capabilities.deliver).toEqual([]);
    await expect(elsewhere.check(never)).rejects.toMatchObject({
      error: { code: 'HELPDESK_REQUEST_REFUSED' },
    });
    await expect(elsewhere.deliver('back', delivery, never)).rejects.toMatchObject({
      error: { code: 'HELPDESK_WRITE_REFUSED' },
    });
  });

  it('say what stands in the way of a good connection', async () => {
    expect((await connector.check(never)).notes.join(' ')).toMatch(/\/events.*Conversations told so far/u);
    const check = (at: number, token?: string) =>
      expect(connectWebhook(events, at, teller.url, token === undefined ? {} : { token }).check(never))
        .rejects;
    await check(port, 'short').toMatchObject({ error: { code: 'HELPDESK_SIGN_IN_REFUSED' } });
    await check(80).toMatchObject({ error: { code: 'HELPDESK_REQUEST_REFUSED' } });
    const other = net.createServer((socket) => socket.destroy());
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const taken = (other.address() as net.AddressInfo).port;
    await check(taken).toMatchObject({ error: { code: 'HELPDESK_UNREACHABLE' } });
    // Catches a quiet day that is none: nothing can come while another program has the port.
    const deaf = connectWebhook(events, taken, teller.url);
    await expect(open(deaf)).rejects.toMatchObject({ error: { code: 'HELPDESK_UNREACHABLE' } });
    await expect(deaf.list(5, never)).rejects.toMatchObject({ error: { code: 'HELPDESK_UNREACHABLE' } });
    other.close();
  });

  it('are forgotten with their customer, with their connection, and when they are over for long', async () => {
    for (const id of ['f-1', 'f-2', 'f-3']) await teller.tell(teller.starts(id, 'Hi'));
    await teller.tell({ event: 'conversation.ended', conversationId: 'f-2', at: teller.at() });
    events.forgetConversations(['webhook-1:f-1', 'other-1:f-3']);
    events.forgetEndedBefore(new Date('2027-01-01'));
    expect(['f-1', 'f-2', 'f-3'].map((id) => events.find('webhook-1', id)?.id)).toEqual([
      undefined,
      undefined,
      'f-3',
    ]);
    expect(events.messages('webhook-1', 'f-1', 0)).toEqual([]);
    const own = openEvents();
    own.events.add('webhook-2', { ...teller.starts('x', 'Hi') } as never);
    own.events.forgetConnection('webhook-2');
    expect(own.events.count('webhook-2')).toBe(0);
    own.database.close();
  });
});

// Catches a message that waits for the next look although it was told.
it('reaches the desk as soon as it is told', async () => {
  const port = await freePort();
  const teller = await startTeller(port);
  const { database, events } = openEvents();
  const threads = openDatabase(':memory:', [{ scope: 'threads', statements: threadMigrations }]);
  const store = createThreadStore(threads, () => new Date());
  const news: string[] = [];
  const states: string[] = [];
  const followed = followConnection({
    connector: connectWebhook(events, port, teller.url),
    store,
    onNews: (id, messages) => news.push(...messages.map(({ text }) => `${id} ${text}`)),
    onState: ({ state }) => states.push(state),
    log: silentLogger,
  });
  await expect.poll(() => states.at(-1)).toBe('live');
  await teller.tell(teller.starts('c-1', 'Hello?'));
  await expect.poll(() => news, { timeout: 3000 }).toEqual(['webhook-1:c-1 Hello?']);
  await teller.tell(teller.said('c-1', 'customer', 'Still there?'));
  await expect.poll(() => news.at(-1), { timeout: 3000 }).toBe('webhook-1:c-1 Still there?');
  // Catches the first word of a forgotten customer that is taken for the one that was forgotten, and never shown.
  await teller.tell(teller.starts('c-2', 'Me'));
  await expect.poll(() => news.at(-1), { timeout: 3000 }).toBe('webhook-1:c-2 Me');
  store.forget(['webhook-1:c-2']);
  events.forgetConversations(['webhook-1:c-2']);
  await teller.tell({
    ...teller.starts('c-2', 'Me again'),
    message: { id: 'again', text: 'Me again', author: { role: 'customer' } },
  });
  await expect.poll(() => news.at(-1), { timeout: 3000 }).toBe('webhook-1:c-2 Me again');
  await followed.close();
  await expect(teller.tell(teller.said('c-1', 'customer', 'gone'))).rejects.toThrow();
  await teller.close();
  threads.close();
  database.close();
});

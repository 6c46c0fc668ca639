import { afterAll, describe, expect, it } from 'vitest';

import { describeConnector } from '../connector.conformance.js';
import { startPeer } from '../peer-for-tests.js';
import { createRequestTracker } from './request-tracker.js';
import { ticketOfUrl } from './ticket-url.js';
import { customerOf, RequestTrackerReady, requestTrackerWorld } from './world-for-tests.js';

const peer = await startPeer('request-tracker', RequestTrackerReady);
const never = new AbortController().signal;

describe.skipIf(typeof peer === 'string')('With a real Request Tracker', () => {
  if (typeof peer === 'string') return;
  const { ready } = peer;
  afterAll(() => peer.end());
  const connect = (baseUrl: string, options: Record<string, string> = {}, timeoutMs = 20_000) =>
    createRequestTracker({
      connection: { id: 'rt-1', kind: 'request_tracker', name: 'Desk', baseUrl, options },
      token: () => ready.tokens.rhea,
      ...{ fetch, timeoutMs },
    });

  describeConnector('Request Tracker', {
    startWorld: () => requestTrackerWorld(peer),
    create: (baseUrl, timeoutMs) => connect(baseUrl, {}, timeoutMs),
  });

  it('tells what the rep sees around the messages', async () => {
    const connector = connect(ready.url);
    const id = await customerOf(ready).opens('A broken cup', 'It came in pieces.');
    expect(await connector.read(id, never)).toMatchObject({
      ...{ subject: 'A broken cup', status: 'open', customer: { name: 'Femke de Vries' } },
      fields: { Queue: 'Orders' },
    });
  });

  it('keeps to one queue, whatever its name looks like', async () => {
    const id = await customerOf(ready).opens('Only in Orders', 'Hello');
    const inQueue = async (queue: string): Promise<boolean> =>
      (await connect(ready.url, { queue }).list(100, never)).some((thread) => thread.id === id);
    expect(await inQueue('Orders')).toBe(true);
    expect(await inQueue("Driver's desk")).toBe(false);
    expect(await inQueue("x' OR id > '0")).toBe(false);
  });

  // Catches an inbox that stays empty because a queue was mistyped, with a test that said all is well.
  it('says when there is no such queue', async () => {
    const notesWith = async (queue: string): Promise<number> =>
      (await connect(ready.url, { queue }).check(never)).notes.filter((note) => note.includes('no queue'))
        .length;
    expect(await notesWith('Orders')).toBe(0);
    expect(await notesWith("Driver's desk")).toBe(0);
    expect(await notesWith('')).toBe(0);
    expect(await notesWith('Odrers')).toBe(1);
  });

  it('lists the files of a message and brings one byte for byte, but no file of another ticket', async () => {
    const connector = connect(ready.url);
    const bytes = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7) % 256));
    const [id, other] = [
      await customerOf(ready).opens('One', 'x'),
      await customerOf(ready).opens('Two', 'y'),
    ];
    const body = {
      ...{ Content: '<p>see <b>file</b></p>', ContentType: 'text/html' },
      Attachments: [
        { FileName: 'x.bin', FileType: 'application/pdf', FileContent: bytes.toString('base64') },
      ],
    };
    const headers = { authorization: `token ${ready.tokens.rhea}`, 'content-type': 'application/json' };
    await fetch(`${ready.url}/REST/2.0/ticket/${id}/comment`, {
      ...{ method: 'POST', headers, body: JSON.stringify(body) },
    });
    const last = (await connector.messages(id, null, never)).messages.at(-1);
    expect(last).toMatchObject({
      text: 'see file',
      attachments: [{ name: 'x.bin', mediaType: 'application/pdf' }],
    });
    const file = last?.attachments[0]?.id ?? '';
    expect(Buffer.from(await connector.attachment(id, file, 1e6, never)).equals(bytes)).toBe(true);
    const tooLarge = { error: { code: 'HELPDESK_ANSWER_UNREADABLE' } };
    await expect(connector.attachment(id, file, 100, never)).rejects.toMatchObject(tooLarge);
    const notThere = { error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' } };
    await expect(connector.attachment(other, file, 1e6, never)).rejects.toMatchObject(notThere);
  });

  it('reads a long ticket whole', async () => {
    const customer = customerOf(ready);
    const id = await customer.opens('Long', 'message 0');
    for (let at = 1; at <= 14; at += 1) await customer.says(id, `message ${String(at)}`);
    const { messages } = await connect(ready.url).messages(id, null, never);
    expect(messages.map(({ text }) => text)).toEqual(
      Array.from({ length: 15 }, (_, at) => `message ${String(at)}`),
    );
  });
});

it.each([
  ['https://rt.example/Ticket/Display.html?id=42', '42'],
  ['https://rt.example/Ticket/Update.html?Action=Respond&id=42', '42'],
  // As RT's own menu writes it.
  ['https://rt.example/Ticket/Update.html?Action=Respond;id=42', '42'],
  ['https://rt.example/Ticket/History.html?id=42#txn-7', '42'],
  ['https://rt.example/m/ticket/show?id=42', '42'],
  ['https://rt.example/SelfService/Display.html?id=42', '42'],
  ['https://rt.example/Ticket/Display.html', null],
  ['https://rt.example/Ticket/Display.html?id=0', null],
  ['https://rt.example/Ticket/Display.html?id=4%3BDROP', null],
  ['https://rt.example/Ticket/Display.html?id=4;id=5', null],
  ['https://rt.example/Admin/Users/Modify.html?id=42', null],
  ['http://rt.example/Ticket/Display.html?id=42', null],
  ['https://rt.example.evil.test/Ticket/Display.html?id=42', null],
])('%s shows %s', (url, id) => {
  expect(ticketOfUrl(url, 'https://rt.example')).toBe(id);
});

it('knows pages of an RT that runs below a path', () => {
  const base = 'https://desk.example/rt';
  expect(ticketOfUrl('https://desk.example/rt/Ticket/Display.html?id=7', base)).toBe('7');
  expect(ticketOfUrl('https://desk.example/Ticket/Display.html?id=7', base)).toBeNull();
  expect(ticketOfUrl('https://desk.example/rtx/Ticket/Display.html?id=7', base)).toBeNull();
});

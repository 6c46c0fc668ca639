import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { HelpdeskState } from '../../../shared/domain/helpdesk.js';
import { silentLogger } from '../../../shared/lib/logger.js';
import { openDatabase, type Database } from '../../storage/database.js';
import {
  startHarmfulProxy,
  type HarmfulProxy,
  type SeenRequest,
} from '../connectors/harmful-proxy-for-tests.js';
import { startPeer } from '../connectors/peer-for-tests.js';
import { createRequestTracker } from '../connectors/request-tracker/request-tracker.js';
import { customerOf, RequestTrackerReady } from '../connectors/request-tracker/world-for-tests.js';
import { createDeliverOnce } from '../delivery/deliver-once.js';
import { createDeliveryStore } from '../delivery/delivery-store.js';
import { deliveryMigrations } from '../delivery/delivery-tables.js';
import type { ConversationChange } from '../inbox.js';
import { createConnectedInbox, type ConnectedInbox } from './connected-inbox.js';
import { createThreadStore } from './thread-store.js';
import { threadMigrations } from './thread-tables.js';

const peer = await startPeer('request-tracker', RequestTrackerReady);

describe.skipIf(typeof peer === 'string')('The inbox beside a real Request Tracker', () => {
  if (typeof peer === 'string') return;
  const { ready } = peer;
  const customer = customerOf(ready);
  afterAll(() => peer.end());

  let dir: string;
  let proxy: HarmfulProxy;
  let database: Database;
  let inbox: ConnectedInbox;
  let changes: ConversationChange[];
  let states: HelpdeskState[];
  let isSendingAllowed: boolean;

  function openInbox(): void {
    database = openDatabase(path.join(dir, 'helpdesk.db'), [
      { scope: 'threads', statements: threadMigrations },
      { scope: 'deliveries', statements: deliveryMigrations },
    ]);
    const deliveries = createDeliveryStore(database, () => new Date());
    inbox = createConnectedInbox({
      connectors: [
        createRequestTracker({
          connection: { id: 'rt-1', kind: 'request_tracker', name: 'Desk', baseUrl: proxy.url, options: {} },
          token: () => ready.tokens.rhea,
          ...{ fetch, timeoutMs: 5_000 },
        }),
      ],
      store: createThreadStore(database, () => new Date()),
      ...{
        deliveries,
        deliverOnce: createDeliverOnce({ store: deliveries, log: silentLogger, lookAgainMs: [50, 200] }),
      },
      onState: (state) => states.push(state),
      maySend: () => isSendingAllowed,
      log: silentLogger,
    });
    inbox.onChanged((change) => changes.push(change));
  }
  async function shut(): Promise<void> {
    await inbox.close();
    database.close();
  }
  beforeEach(async () => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-inbox-'));
    proxy = await startHarmfulProxy(ready.url);
    changes = [];
    states = [];
    isSendingAllowed = true;
    openInbox();
  });
  afterEach(async () => {
    await shut();
    await proxy.close();
    fs.rmSync(dir, { recursive: true, force: true });
  });

  const textsOf = async (id: string): Promise<string[]> =>
    (await inbox.open(id)).messages.map(({ text }) => text);
  const heard = (id: string): string[] =>
    changes.flatMap(({ message }) => (message?.conversationId === id ? [message.text] : []));
  const inRt = async (id: string): Promise<string[]> => {
    const direct = createRequestTracker({
      connection: { id: 'rt-2', kind: 'request_tracker', name: 'Desk', baseUrl: ready.url, options: {} },
      token: () => ready.tokens.rhea,
      ...{ fetch, timeoutMs: 5_000 },
    });
    return (await direct.messages(id, null, new AbortController().signal)).messages.map(({ text }) => text);
  };

  it('lists what is there and hears what is said to the rep, once', async () => {
    const id = await customer.opens('First', 'Hello?');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Hello?']);
    const [row] = (await inbox.list()).filter((one) => one.id === `rt-1:${id}`);
    expect(row).toMatchObject({ subject: 'First', status: 'open', unreadCount: 1, lastAuthor: 'customer' });
    inbox.attend(`rt-1:${id}`);
    await customer.says(id, 'Still there?');
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Hello?', 'Still there?']);
    await inbox.markRead(`rt-1:${id}`);
    expect((await inbox.list()).find((one) => one.id === `rt-1:${id}`)?.unreadCount).toBe(0);
  });

  /** A colleague does this to a ticket in RT. */
  const changeInRt = async (id: string, fields: object): Promise<void> => {
    const headers = { authorization: `token ${ready.tokens.omar}`, 'content-type': 'application/json' };
    const body = JSON.stringify(fields);
    const { ok } = await fetch(`${ready.url}/REST/2.0/ticket/${id}`, { method: 'PUT', headers, body });
    expect(ok).toBe(true);
  };
  const rowOf = async (id: string) => (await inbox.list()).find((one) => one.id === `rt-1:${id}`);

  // Catches a ticket that a colleague took or solved, and that looks untouched until the list is read again.
  it('sees what a colleague did to the open conversation, though nothing was said', async () => {
    const id = await customer.opens('Solve me', 'Hello?');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Hello?']);
    inbox.attend(`rt-1:${id}`);
    await changeInRt(id, { Status: 'resolved' });
    await expect.poll(async () => (await rowOf(id))?.status, { timeout: 10_000 }).toBe('solved');
    expect(proxy.take().filter((one) => one.path.includes('__Active__'))).toHaveLength(1);
  });

  // Catches a rep who is told to read what is new, with nothing new to read; and a second try that sends twice.
  it.each([409, 412])('says when the conversation changed (%s), and reads it again', async (status) => {
    const id = await customer.opens('Changing', 'Please help');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Please help']);
    await customer.says(id, 'No need any more');
    await changeInRt(id, { Status: 'stalled' });
    const changed = { error: { code: 'HELPDESK_CHANGED_MEANWHILE' } };
    proxy.harm({ kind: 'status', status }, true);
    await expect(inbox.sendReply(`rt-1:${id}`, 'On its way.')).rejects.toMatchObject(changed);
    expect(heard(`rt-1:${id}`)).toEqual(['Please help', 'No need any more']);
    expect((await rowOf(id))?.status).toBe('waiting');
    expect(await inRt(id)).toEqual(['Please help', 'No need any more']);
    proxy.harm(null);
    await inbox.sendReply(`rt-1:${id}`, 'Good to hear.');
    expect(await inRt(id)).toEqual(['Please help', 'No need any more', 'Good to hear.']);
  });

  // Catches a reply that is sent again since "it changed", where what changed it was the reply.
  it('takes a conversation that changed by our own reply for sent', async () => {
    const id = await customer.opens('Twice', 'Please help');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Please help']);
    proxy.harm({ kind: 'status', status: 409, isDone: true }, true);
    const sent = await inbox.sendReply(`rt-1:${id}`, 'Once only');
    expect(sent).toMatchObject({ author: 'rep', text: 'Once only' });
    expect(await inRt(id)).toEqual(['Please help', 'Once only']);
  });

  // Catches what a customer wrote that stays in memory after it was to be forgotten.
  it('asks for a forgotten conversation as if it had never seen it', async () => {
    const id = await customer.opens('Out of memory', 'Hello?');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Hello?']);
    const seen: SeenRequest[] = [];
    const looks = (): (number | null)[] => {
      seen.push(...proxy.take().filter(({ path: at }) => at.endsWith(`/ticket/${id}`)));
      return seen.map(({ status }) => status).filter((status) => status !== null);
    };
    inbox.attend(`rt-1:${id}`);
    await expect.poll(looks, { timeout: 15_000 }).toContain(304);
    inbox.forget([`rt-1:${id}`]);
    await inbox.open(`rt-1:${id}`);
    seen.length = 0;
    inbox.attend(`rt-1:${id}`);
    await expect.poll(() => looks()[0], { timeout: 15_000 }).toBe(200);
  });

  // Catches a forgotten customer whom the next look at the list, or at the conversation on screen, brings back.
  it('keeps a forgotten conversation away until the customer writes again', async () => {
    const id = await customer.opens('Forget me', 'My secret');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['My secret']);
    inbox.attend(`rt-1:${id}`);
    inbox.forget(await inbox.ofSameCustomer(`rt-1:${id}`));
    const isListed = async (): Promise<boolean> =>
      (await inbox.list()).some((row) => row.id === `rt-1:${id}`);
    expect(await isListed()).toBe(false);
    // A conversation opened later shows that the list was read anew.
    const later = await customer.opens('Later', 'Hello');
    await shut();
    openInbox();
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${later}`), { timeout: 10_000 }).toEqual(['Hello']);
    expect(await isListed()).toBe(false);
    await customer.says(id, 'I am back');
    await shut();
    openInbox();
    await inbox.start();
    await expect.poll(isListed, { timeout: 10_000 }).toBe(true);
  });

  it('sends a reply and a note once, and keeps the note out of what the customer sees', async () => {
    const id = await customer.opens('Second', 'Please help');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Please help']);
    const sent = await inbox.sendReply(`rt-1:${id}`, 'Here you go.\n\nBest');
    expect(sent).toMatchObject({ author: 'rep', text: 'Here you go.\n\nBest' });
    await inbox.addNote(`rt-1:${id}`, 'for the team');
    const conversation = await inbox.open(`rt-1:${id}`);
    expect(conversation.messages.map(({ text }) => text)).toEqual(['Please help', 'Here you go.\n\nBest']);
    expect(conversation.messages.at(-1)).toEqual(sent);
    expect(conversation.notes?.map(({ text }) => text)).toEqual(['for the team']);
    expect(conversation.status).toBe('waiting');
    expect(await inRt(id)).toEqual(['Please help', 'Here you go.\n\nBest', 'for the team']);
  });

  // Catches a reply that goes to a customer although the team never allowed it, or took it back a moment ago.
  it('sends nothing to a customer unless the team allows it now', async () => {
    const id = await customer.opens('Not from here', 'Please help');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Please help']);
    expect((await inbox.open(`rt-1:${id}`)).delivers).toEqual(['note', 'reply']);
    isSendingAllowed = false;
    expect((await inbox.open(`rt-1:${id}`)).delivers).toEqual(['note']);
    await expect(inbox.sendReply(`rt-1:${id}`, 'Here you go.')).rejects.toMatchObject({
      error: { code: 'HELPDESK_WRITE_REFUSED' },
    });
    await expect(inbox.saveDraft(`rt-1:${id}`, 'Here you go.')).rejects.toMatchObject({
      error: { code: 'HELPDESK_WRITE_REFUSED' },
    });
    expect(await inRt(id)).toEqual(['Please help']);
  });

  // Catches a reply that goes out twice, or is called lost, because its answer was.
  it('finds a reply whose answer was lost instead of sending it again', async () => {
    const id = await customer.opens('Third', 'Refund?');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Refund?']);
    proxy.harm({ kind: 'lost_answer' }, true);
    const sent = await inbox.sendReply(`rt-1:${id}`, 'It is on its way.');
    proxy.harm(null);
    expect(sent.text).toBe('It is on its way.');
    expect(await inRt(id)).toEqual(['Refund?', 'It is on its way.']);
  });

  // Catches a customer who gets a reply twice because the network was away for a minute and the rep pressed again.
  it('looks for what nobody knows the end of before the same text goes out again', async () => {
    const id = await customer.opens('Pressed twice', 'Refund?');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Refund?']);
    proxy.harm({ kind: 'lost_answer' }, true);
    const first = inbox.sendReply(`rt-1:${id}`, 'It is on its way.').catch((error: unknown) => error);
    const begun = createDeliveryStore(database, () => new Date());
    await expect.poll(() => begun.open().length, { interval: 5, timeout: 10_000 }).toBe(1);
    proxy.harm({ kind: 'dropped' });
    expect(await first).toMatchObject({ error: { code: 'HELPDESK_WRITE_UNCERTAIN' } });
    await expect(inbox.sendReply(`rt-1:${id}`, 'It is on its way.')).rejects.toMatchObject({
      error: { code: 'HELPDESK_UNREACHABLE' },
    });
    proxy.harm(null);
    expect(await inbox.sendReply(`rt-1:${id}`, 'It is on its way.')).toMatchObject({
      ...{ author: 'rep', text: 'It is on its way.' },
    });
    expect(await inRt(id)).toEqual(['Refund?', 'It is on its way.']);
    expect(await textsOf(`rt-1:${id}`)).toEqual(['Refund?', 'It is on its way.']);
  });

  it('says so when a reply did not arrive, and sends nothing by itself', async () => {
    const id = await customer.opens('Fourth', 'Refund?');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['Refund?']);
    proxy.harm({ kind: 'dropped' }, true);
    const sent = inbox.sendReply(`rt-1:${id}`, 'Lost on the way.');
    await expect(sent).rejects.toMatchObject({ error: { code: 'HELPDESK_WRITE_UNCERTAIN' } });
    expect(createDeliveryStore(database, () => new Date()).open()).toEqual([]);
    proxy.harm(null);
    expect(await inRt(id)).toEqual(['Refund?']);
  });

  it('looks after a delivery that a kill left open', async () => {
    const id = await customer.opens('Fifth', 'Hello');
    const store = createDeliveryStore(database, () => new Date());
    const headers = { authorization: `token ${ready.tokens.rhea}`, 'content-type': 'application/json' };
    const text = 'Written before the kill.';
    const begin = { conversationId: `rt-1:${id}`, mode: 'reply', cursor: '0' } as const;
    store.begin({ ...begin, key: 'arrived', text });
    store.begin({ ...begin, key: 'lost', text: 'Never left.' });
    await fetch(`${ready.url}/REST/2.0/ticket/${id}/correspond`, {
      ...{ method: 'POST', headers, body: JSON.stringify({ Content: text, ContentType: 'text/plain' }) },
    });
    await inbox.start();
    await expect.poll(() => store.find('arrived')?.state, { timeout: 10_000 }).toBe('sent');
    await expect.poll(() => store.find('lost')?.state, { timeout: 10_000 }).toBe('missing');
  });

  it('loses and doubles nothing while the helpdesk is away, and says where it stands', async () => {
    const id = await customer.opens('Sixth', 'one');
    await inbox.start();
    inbox.attend(`rt-1:${id}`);
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['one']);
    proxy.harm({ kind: 'dropped' });
    await customer.says(id, 'two');
    await customer.says(id, 'three');
    await expect.poll(() => states.at(-1)?.state, { timeout: 10_000 }).toBe('offline');
    expect(await textsOf(`rt-1:${id}`)).toEqual(['one']);
    proxy.harm(null);
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 20_000 }).toEqual(['one', 'two', 'three']);
    await expect.poll(() => states.at(-1)?.state, { timeout: 10_000 }).toBe('polling');
    await shut();
    await customer.says(id, 'four');
    openInbox();
    expect(await textsOf(`rt-1:${id}`)).toEqual(['one', 'two', 'three']);
    await inbox.start();
    await expect
      .poll(() => heard(`rt-1:${id}`), { timeout: 20_000 })
      .toEqual(['one', 'two', 'three', 'four']);
    expect(await textsOf(`rt-1:${id}`)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('says when the token is refused, and reads on offline', async () => {
    const id = await customer.opens('Seventh', 'kept');
    await inbox.start();
    await expect.poll(() => heard(`rt-1:${id}`), { timeout: 10_000 }).toEqual(['kept']);
    proxy.harm({ kind: 'status', status: 401 });
    inbox.attend(`rt-1:${id}`);
    await expect.poll(() => states.at(-1)?.state, { timeout: 10_000 }).toBe('refused');
    expect(await textsOf(`rt-1:${id}`)).toEqual(['kept']);
  });

  it('leaves what is solved, and opens what a page shows', async () => {
    const id = await customer.opens('Eighth', 'done?');
    await inbox.start();
    const page = `${proxy.url}/Ticket/Display.html?id=${id}`;
    expect(inbox.conversationOf(page)).toBe(`rt-1:${id}`);
    expect(inbox.conversationOf('https://elsewhere.example/Ticket/Display.html?id=1')).toBeNull();
    expect([id, `#${id}`, `[desk.example #${id}]`].map((text) => inbox.conversationOf(text))).toEqual(
      Array(3).fill(`rt-1:${id}`),
    );
    expect(['', 'hello 42', '42 and 43', '0'].map((text) => inbox.conversationOf(text))).toEqual(
      Array(4).fill(null),
    );
    expect(await textsOf(`rt-1:${id}`)).toEqual(['done?']);
    await expect(inbox.open('rt-1:999999')).rejects.toMatchObject({
      error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' },
    });
    await expect(inbox.open('other:1')).rejects.toMatchObject({
      error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' },
    });
  });
});

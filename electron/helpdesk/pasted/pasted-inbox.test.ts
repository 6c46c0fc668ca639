import { afterEach, beforeEach, expect, it } from 'vitest';

import { silentLogger } from '../../../shared/lib/logger.js';
import { openDatabase, type Database } from '../../storage/database.js';
import { createThreadStore, type ThreadStore } from '../following/thread-store.js';
import { threadMigrations } from '../following/thread-tables.js';
import type { ConversationChange } from '../inbox.js';
import { createSimulatedInbox } from '../simulated-inbox.js';
import { joinInboxes } from './joined-inbox.js';
import { createPastedInbox, isPasted, type PastedInbox } from './pasted-inbox.js';

const THREAD = [
  'From: Femke de Vries <Femke.deVries@example.com>',
  'Subject: Late parcel',
  '',
  'Where is HP-104233?',
].join('\n');
const CHAT = 'Customer: Is it sent?\nAgent: Yes.\nCustomer: When?';

let database: Database;
let clock: number;
let store: ThreadStore;
let pasted: PastedInbox;
let changes: ConversationChange[];

const now = (): Date => new Date(clock);
beforeEach(() => {
  clock = Date.parse('2026-11-27T12:00:00.000Z');
  database = openDatabase(':memory:', [{ scope: 'threads', statements: threadMigrations }]);
  store = createThreadStore(database, now);
  pasted = createPastedInbox(store, now);
  changes = [];
  pasted.onChanged((change) => changes.push(change));
});
afterEach(() => database.close());

// Catches: a pasted thread that is in no list, tells nobody, or pretends that a reply could go out from here.
it('is a conversation like others, but for sending', async () => {
  const id = pasted.paste(THREAD);
  expect(isPasted(id)).toBe(true);
  expect(await pasted.open(id)).toMatchObject({
    subject: 'Late parcel',
    customer: { name: 'Femke de Vries', email: 'femke.devries@example.com' },
    messages: [{ author: 'customer', text: 'Where is HP-104233?' }],
    fields: { Source: 'Pasted thread' },
    canSend: false,
  });
  expect(changes.map(({ message }) => message?.text)).toEqual(['Where is HP-104233?']);
  expect(await pasted.list()).toMatchObject([{ id, unreadCount: 1 }]);
  await pasted.markRead(id);
  expect(await pasted.list()).toMatchObject([{ id, unreadCount: 0 }]);
  await expect(pasted.sendReply(id, 'x')).rejects.toMatchObject({
    error: { code: 'HELPDESK_WRITE_REFUSED' },
  });
  await pasted.addNote(id, 'called back');
  expect(await pasted.open(id)).toMatchObject({ messages: [{}], notes: [{ text: 'called back' }] });
  const once = await pasted.addNoteOnce(id, 'refund told', 'key-1');
  expect(await pasted.addNoteOnce(id, 'refund told', 'key-1')).toBe(once);
  expect([await pasted.findNote(id, 'key-1'), await pasted.findNote(id, 'key-2')]).toEqual([once, null]);
  expect((await pasted.open(id)).notes).toHaveLength(2);
});

// Catches: the same chat three times in the list, and another one that is taken for it.
it('is the same conversation when the same text is pasted again', async () => {
  const first = pasted.paste(CHAT);
  await pasted.addNote(first, 'a note of ours');
  expect(pasted.paste(` ${CHAT}\n`)).toBe(first);
  expect(pasted.paste(`${CHAT}\nAgent: Tomorrow.`)).not.toBe(first);
  expect(await pasted.list()).toHaveLength(2);
});

// Catches: an error of another kind for what is not there, and a conversation of a helpdesk that is taken for a pasted one.
it('knows only what was pasted', async () => {
  const code = { error: { code: 'HELPDESK_CONVERSATION_NOT_FOUND' } };
  for (const id of ['pasted:no', 'rt-1:4', 'no-such']) {
    await expect(pasted.open(id)).rejects.toMatchObject(code);
    await expect(pasted.addNote(id, 'x')).rejects.toMatchObject(code);
    await expect(pasted.sendReply(id, 'x')).rejects.toMatchObject(code);
  }
});

// Catches: customer's words that stay after they were forgotten, one by one or by age.
it('goes when it is forgotten, and by age', async () => {
  const [first, second] = [pasted.paste(THREAD), pasted.paste(CHAT)];
  pasted.forget([first, 'rt-1:4']);
  expect((await pasted.list()).map(({ id }) => id)).toEqual([second]);
  clock += 40 * 86_400_000;
  expect(store.forgetUnseenSince(new Date(clock - 30 * 86_400_000))).toEqual([second]);
  expect(await pasted.list()).toEqual([]);
  const left = ['thread', 'thread_message'].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
  expect(left).toEqual([[], []]);
});

// Catches: a desk on the demo (or a helpdesk) that loses its own conversations beside pasted ones, and a customer who is forgotten by half.
it('stands in one inbox with what else is there', async () => {
  const demo = createSimulatedInbox({
    scripts: [
      {
        ...{ id: 'demo-1', subject: 'Demo', channel: 'email', pastContacts: [] },
        customer: { name: 'Femke', email: 'femke.devries@example.com' },
        messages: [{ author: 'customer', text: 'Hello', afterMs: 0 }],
      },
    ],
    ...{ spacingMs: 0, pace: 0, now, log: silentLogger },
  });
  const inbox = joinInboxes(demo, pasted);
  const heard: string[] = [];
  const stop = inbox.onChanged(({ summary }) => heard.push(summary.id));
  await inbox.start();
  await expect.poll(() => heard).toEqual(['demo-1']);
  clock += 1_000;
  const id = pasted.paste(THREAD);
  const other = pasted.paste(CHAT);
  expect(heard).toEqual(['demo-1', id, other]);
  expect(new Set((await inbox.list()).map((row) => row.id))).toEqual(new Set([id, other, 'demo-1']));
  expect((await inbox.list()).at(-1)?.id).toBe('demo-1');
  expect(new Set(await inbox.ofSameCustomer(id))).toEqual(new Set([id, 'demo-1']));
  expect(new Set(await inbox.ofSameCustomer('demo-1'))).toEqual(new Set([id, 'demo-1']));
  expect(await inbox.ofSameCustomer(other)).toEqual([other]);
  await inbox.addNote('demo-1', 'x');
  expect((await inbox.open('demo-1')).notes).toHaveLength(1);
  stop();
  inbox.forget([id, 'demo-1']);
  expect((await inbox.list()).map((row) => row.id)).toEqual([other]);
  await inbox.close();
});

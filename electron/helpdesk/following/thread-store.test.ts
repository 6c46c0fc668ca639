import { afterEach, beforeEach, expect, it } from 'vitest';

import { openDatabase, type Database } from '../../storage/database.js';
import type { HelpdeskMessage, HelpdeskThread } from '../connectors/connector.js';
import { createThreadStore, type ThreadStore } from './thread-store.js';
import { threadMigrations } from './thread-tables.js';

let database: Database;
let store: ThreadStore;
beforeEach(() => {
  database = openDatabase(':memory:', [{ scope: 'threads', statements: threadMigrations }]);
  store = createThreadStore(database, () => new Date());
});
afterEach(() => database.close());

const thread = (id: string, email: string | null, version: string): HelpdeskThread => ({
  ...{ id, subject: '', channel: 'email', status: 'open', fields: {}, version },
  customer: email === null ? { name: 'Ada' } : { name: 'Ada', email },
  updatedAt: '2026-03-02T10:00:00.000Z',
});
const message: HelpdeskMessage = {
  ...{ id: '1', sentAt: '2026-03-02T10:00:00.000Z', visibility: 'public', text: 'Hello', attachments: [] },
  author: { role: 'customer', name: 'Ada' },
};

// Catches: a second conversation of the same customer that stays, and one of a stranger without an address that goes.
it('knows the conversations of one customer by address, whatever its letter case', () => {
  store.putThread('rt:1', 'rt', thread('1', 'Ada@example.com', 'a'));
  store.putThread('rt:2', 'rt', thread('2', 'ada@EXAMPLE.com', 'a'));
  store.putThread('rt:3', 'rt', thread('3', null, 'a'));
  store.putThread('rt:4', 'rt', thread('4', null, 'a'));
  expect([...store.ofSameCustomer('rt:1')].sort()).toEqual(['rt:1', 'rt:2']);
  expect(store.ofSameCustomer('rt:3')).toEqual(['rt:3']);
});

// Catches: a customer who is back with the next look at the list, and one whose new message is never seen.
it('knows what was forgotten, where it ended, and whether it changed since', () => {
  store.putThread('rt:1', 'rt', thread('1', 'ada@example.com', 'a'));
  store.append('rt:1', [message], '1');
  store.forget(['rt:1']);
  expect([store.find('rt:1'), store.messages('rt:1')]).toEqual([null, []]);
  const now = (version: string) => store.forgotten('rt:1', thread('1', 'ada@example.com', version));
  expect([now('a'), now('b')]).toEqual([
    { cursor: '1', isChanged: false },
    { cursor: '1', isChanged: true },
  ]);
  store.stayForgotten('rt:1', thread('1', 'ada@example.com', 'b'));
  expect(now('b')?.isChanged).toBe(false);
  store.putThread('rt:1', 'rt', thread('1', 'ada@example.com', 'b'));
  expect(now('b')).toBeNull();
});

// Catches: messages that were on their way while their conversation was forgotten, and lie there for nobody.
it('takes no message of a conversation it does not know', () => {
  expect(store.append('rt:1', [message], '1')).toEqual([]);
  expect(store.messages('rt:1')).toEqual([]);
});

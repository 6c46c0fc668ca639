import { afterEach, beforeEach, expect, it } from 'vitest';

import { silentLogger } from '../../../shared/lib/logger.js';
import { openDatabase, type Database } from '../../storage/database.js';
import {
  RHEA,
  startChatwootServer,
  type ChatwootServer,
} from '../connectors/chatwoot/chatwoot-server-for-tests.js';
import { createChatwoot } from '../connectors/chatwoot/chatwoot.js';
import { createDeliverOnce } from '../delivery/deliver-once.js';
import { createDeliveryStore } from '../delivery/delivery-store.js';
import { deliveryMigrations } from '../delivery/delivery-tables.js';
import { createConnectedInbox, type ConnectedInbox } from './connected-inbox.js';
import { createThreadStore } from './thread-store.js';
import { threadMigrations } from './thread-tables.js';

let server: ChatwootServer;
let database: Database;
let inbox: ConnectedInbox;
beforeEach(async () => {
  server = await startChatwootServer();
  database = openDatabase(':memory:', [
    { scope: 'threads', statements: threadMigrations },
    { scope: 'deliveries', statements: deliveryMigrations },
  ]);
  const deliveries = createDeliveryStore(database, () => new Date());
  inbox = createConnectedInbox({
    connectors: [
      createChatwoot({
        connection: {
          ...{ id: 'cw-1', kind: 'chatwoot', name: 'Desk', baseUrl: server.url },
          options: { account: '1' },
        },
        token: () => RHEA.token,
        ...{ fetch, timeoutMs: 60_000 },
      }),
    ],
    ...{ store: createThreadStore(database, () => new Date()), deliveries },
    deliverOnce: createDeliverOnce({ store: deliveries, log: silentLogger }),
    onState: () => undefined,
    maySend: () => false,
    log: silentLogger,
  });
});
afterEach(async () => {
  await inbox.close();
  database.close();
  await server.close();
});

const textsOf = async (id: number): Promise<string[]> =>
  (await inbox.open(`cw-1:${String(id)}`)).messages.map(({ text }) => text);

// Catches: a long thread of which pages are lost, doubled or mixed, and one of which every look reads everything again.
it('reads a conversation of 10,000 messages once and whole, and after that only what is new', async () => {
  const id = server.opens('Message 1');
  for (let at = 2; at <= 10_000; at += 1) await server.says(id, `Message ${String(at)}`);
  await inbox.start();
  const whole = Array.from({ length: 10_000 }, (_, at) => `Message ${String(at + 1)}`);
  expect(await textsOf(id)).toEqual(whole);
  const before = server.tokensSeen.length;
  inbox.attend(`cw-1:${String(id)}`);
  await server.says(id, 'One more');
  await expect.poll(() => textsOf(id).then((texts) => texts.at(-1)), { timeout: 20_000 }).toBe('One more');
  expect(await textsOf(id)).toEqual([...whole, 'One more']);
  expect(server.tokensSeen.length - before).toBeLessThan(50);
}, 120_000);

// Catches: a pasted log file that ends the desk, is cut without a word, or stops the conversations beside it.
it('reads a message of 5 MB whole, and the conversation beside it', async () => {
  const large = server.opens(`${'A line of a log file. '.repeat(240_000)}The end.`);
  const small = server.opens('Where is my parcel?');
  await inbox.start();
  const [text = ''] = await textsOf(large);
  expect([text.length > 5_000_000, text.endsWith('The end.')]).toEqual([true, true]);
  expect(await textsOf(small)).toEqual(['Where is my parcel?']);
  const rows = await inbox.list();
  expect(rows.map(({ preview }) => preview.length).every((length) => length <= 200)).toBe(true);
}, 60_000);

// Catches: an order made by a clock of ours, and a message that is dropped because a server's clock stands years away.
it('keeps what a helpdesk says whose clock stands years ahead', async () => {
  const id = server.opens('First');
  await server.says(id, 'Years ahead', { created_at: Date.parse('2039-01-01T00:00:00Z') / 1000 });
  await inbox.start();
  expect(await textsOf(id)).toEqual(['First', 'Years ahead']);
  inbox.attend(`cw-1:${String(id)}`);
  await server.says(id, 'And now', { created_at: Date.parse('2039-01-01T00:00:01Z') / 1000 });
  await expect.poll(() => textsOf(id), { timeout: 15_000 }).toEqual(['First', 'Years ahead', 'And now']);
}, 30_000);

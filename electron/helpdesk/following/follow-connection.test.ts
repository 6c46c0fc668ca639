import { afterEach, beforeEach, expect, it } from 'vitest';

import type { HelpdeskState } from '../../../shared/domain/helpdesk.js';
import { silentLogger } from '../../../shared/lib/logger.js';
import { openDatabase, type Database } from '../../storage/database.js';
import {
  RHEA,
  startChatwootServer,
  type ChatwootServer,
} from '../connectors/chatwoot/chatwoot-server-for-tests.js';
import { createChatwoot } from '../connectors/chatwoot/chatwoot.js';
import type { HelpdeskConnector } from '../connectors/connector.js';
import { HelpdeskFailure } from '../connectors/helpdesk-failure.js';
import { followConnection, type FollowedConnection } from './follow-connection.js';
import { createThreadStore, type ThreadStore } from './thread-store.js';
import { threadMigrations } from './thread-tables.js';

let server: ChatwootServer;
let database: Database;
let store: ThreadStore;
let states: HelpdeskState['state'][];
let connector: HelpdeskConnector;
let followed: FollowedConnection | null;
/** The helpdesk says that something happened somewhere: the list is read again at once. */
let push: () => void;

beforeEach(async () => {
  server = await startChatwootServer();
  database = openDatabase(':memory:', [{ scope: 'threads', statements: threadMigrations }]);
  store = createThreadStore(database, () => new Date());
  states = [];
  followed = null;
  push = () => undefined;
  connector = createChatwoot({
    connection: {
      ...{ id: 'cw-1', kind: 'chatwoot', name: 'Desk', baseUrl: server.url },
      options: { account: '1' },
    },
    token: () => RHEA.token,
    ...{ fetch, timeoutMs: 10_000 },
  });
});
afterEach(async () => {
  await followed?.close();
  database.close();
  await server.close();
});

function follow(changed: Partial<HelpdeskConnector>): void {
  followed = followConnection({
    connector: {
      ...connector,
      listen: (on, _onOpen, signal) => {
        push = () => on('404');
        return new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(new Error('ended')));
        });
      },
      ...changed,
    },
    store,
    onNews: () => undefined,
    onState: ({ state }) => states.push(state),
    log: silentLogger,
  });
}

const idOf = (id: number): string => `cw-1:${String(id)}`;
const textsOf = (id: number): string[] => store.messages(idOf(id)).map(({ text }) => text);

// Catches: a customer's second message, sent while the first was read, that stays unseen until something else happens.
it('reads what is said between the messages and the head of a conversation', async () => {
  const id = server.opens('First');
  let reads = 0;
  follow({
    read: async (...asked) => {
      reads += 1;
      if (reads === 1) await server.says(id, 'Said in between');
      return connector.read(...asked);
    },
  });
  await expect.poll(() => textsOf(id), { timeout: 5_000 }).toEqual(['First', 'Said in between']);
});

// Catches: a message that a line breaking once makes invisible, since its conversation is taken for read.
it('reads again what a broken line kept from it', async () => {
  const id = server.opens('First');
  let isBroken = false;
  follow({
    messages: (...asked) => {
      if (!isBroken) return connector.messages(...asked);
      isBroken = false;
      return Promise.reject(new HelpdeskFailure('HELPDESK_UNREACHABLE', 'reset'));
    },
  });
  await expect.poll(() => textsOf(id), { timeout: 5_000 }).toEqual(['First']);
  isBroken = true;
  await server.says(id, 'Second');
  push();
  await expect.poll(() => textsOf(id), { timeout: 5_000 }).toEqual(['First', 'Second']);
  expect(states).toContain('offline');
});

// Catches: the second of two messages in one second, where the helpdesk's version is a time in seconds.
it('sees what is said in the same second as what it has read', async () => {
  const id = server.opens('First');
  let lists = 0;
  const version = '2026-11-28T03:00:00Z';
  follow({
    list: async (...asked) => {
      const threads = await connector.list(...asked);
      lists += 1;
      return threads.map((thread) => ({ ...thread, version, updatedAt: version }));
    },
    read: async (...asked) => ({ ...(await connector.read(...asked)), version, updatedAt: version }),
  });
  await expect.poll(() => textsOf(id), { timeout: 5_000 }).toEqual(['First']);
  await server.says(id, 'In the same second');
  push();
  await expect.poll(() => textsOf(id), { timeout: 5_000 }).toEqual(['First', 'In the same second']);
  const asked = server.tokensSeen.filter((path) => path.endsWith('/messages')).length;
  push();
  await expect.poll(() => lists, { timeout: 5_000 }).toBeGreaterThan(2);
  // After the second look it is believed.
  expect(server.tokensSeen.filter((path) => path.endsWith('/messages'))).toHaveLength(asked);
});

// Catches: one ticket that was merged or hidden while it was read, and a whole helpdesk told as offline.
it('takes one that is gone when its head is read for solved, and stays in touch', async () => {
  const id = server.opens('First');
  const gone = (): Promise<never> =>
    Promise.reject(new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', String(id)));
  follow({ read: gone });
  await expect.poll(() => store.find(idOf(id))?.thread.status, { timeout: 5_000 }).toBe('solved');
  expect(states).toEqual(['polling']);
});

// Catches: the same of one the rep has open, whose messages are not there any more.
it('takes one whose messages are gone for solved', async () => {
  const id = server.opens('First');
  let isMerged = false;
  follow({
    messages: (...asked) =>
      isMerged
        ? Promise.reject(new HelpdeskFailure('HELPDESK_CONVERSATION_NOT_FOUND', String(id)))
        : connector.messages(...asked),
  });
  await expect.poll(() => textsOf(id), { timeout: 5_000 }).toEqual(['First']);
  isMerged = true;
  followed?.attend(String(id));
  await expect.poll(() => store.find(idOf(id))?.thread.status, { timeout: 5_000 }).toBe('solved');
  expect(textsOf(id)).toEqual(['First']);
  expect(states).toEqual(['polling']);
});

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { Action } from '../shared/domain/action.js';
import { silentLogger } from '../shared/lib/logger.js';
import { openDeskOfActions, type DeskOfActions } from './actions/desk-of-actions-for-tests.js';
import { createAddInternalNote } from './agents/tools/catalog/add-internal-note.js';
import { composeNotes } from './compose-notes.js';
import { startHarmfulProxy, type HarmfulProxy } from './helpdesk/connectors/harmful-proxy-for-tests.js';
import { RHEA } from './helpdesk/connectors/zendesk/ticket-pages-for-tests.js';
import {
  startZendeskServer,
  type ZendeskServer,
} from './helpdesk/connectors/zendesk/zendesk-server-for-tests.js';
import { createZendesk } from './helpdesk/connectors/zendesk/zendesk.js';
import { createDeliverOnce } from './helpdesk/delivery/deliver-once.js';
import { createDeliveryStore } from './helpdesk/delivery/delivery-store.js';
import { deliveryMigrations } from './helpdesk/delivery/delivery-tables.js';
import { createConnectedInbox, type ConnectedInbox } from './helpdesk/following/connected-inbox.js';
import { createThreadStore } from './helpdesk/following/thread-store.js';
import { threadMigrations } from './helpdesk/following/thread-tables.js';
import { openDatabase, type Database } from './storage/database.js';

const TEXT = 'Called the depot:\n\n- parcel is there & "safe"\n- comes on Monday';

let dir: string;
let server: ZendeskServer;
let proxy: HarmfulProxy;
let database: Database;
let inbox: ConnectedInbox;
let desk: DeskOfActions;
let conversationId: string;
let ticket: string;

const zendesk = (baseUrl: string, timeoutMs: number) =>
  createZendesk({
    connection: {
      ...{ id: 'zd-1', kind: 'zendesk', name: 'Desk', baseUrl },
      options: { email: 'rhea@example.com' },
    },
    ...{ token: () => RHEA.token, fetch, timeoutMs },
  });

/** The desk as it is after a start: on the files that are there. */
async function openDesk(lookAgainMs: readonly number[] = [10, 20]): Promise<void> {
  database = openDatabase(path.join(dir, 'helpdesk.db'), [
    { scope: 'threads', statements: threadMigrations },
    { scope: 'deliveries', statements: deliveryMigrations },
  ]);
  const now = (): Date => new Date();
  const deliveries = createDeliveryStore(database, now);
  const log = silentLogger;
  inbox = createConnectedInbox({
    connectors: [zendesk(proxy.url, 2_000)],
    ...{ store: createThreadStore(database, now), deliveries, log },
    deliverOnce: createDeliverOnce({ store: deliveries, log, lookAgainMs }),
    ...{ onState: () => undefined, maySend: () => false },
  });
  await inbox.start();
  const tool = createAddInternalNote(composeNotes(() => inbox));
  const toolOf = (name: string) => (name === tool.name ? tool : null);
  desk = openDeskOfActions(path.join(dir, 'desk.db'), 'http://127.0.0.1:1', { toolOf });
}
async function shut(): Promise<void> {
  desk.close();
  await inbox.close();
  database.close();
}

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'cuecard-notes-'));
  server = await startZendeskServer();
  proxy = await startHarmfulProxy(server.url);
  ticket = server.opens('Where is it?');
  conversationId = `zd-1:${ticket}`;
  await openDesk();
});
afterEach(async () => {
  await shut();
  await proxy.close();
  await server.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

async function proposed(text: string): Promise<Action> {
  const customer = { name: 'Femke', email: 'femke@example.com' };
  const calls = [{ tool: 'add_internal_note', input: { text } }];
  await desk.service.propose({ conversationId, messageId: 'm1', found: [], customer, calls });
  return newest();
}
function newest(): Action {
  const action = desk.service.ofConversation(conversationId).at(-1);
  if (!action) throw new Error('Nothing was proposed.');
  return action;
}
/** Notes in the helpdesk, read past the harm. */
async function notes(): Promise<string[]> {
  const { messages } = await zendesk(server.url, 5_000).messages(ticket, null, new AbortController().signal);
  return messages.filter(({ visibility }) => visibility === 'internal').map(({ text }) => text);
}
const approve = ({ id, updatedAt }: Action): Promise<Action> => desk.service.approve(id, updatedAt);

describe('an internal note as an action', () => {
  // Catches: a note that is written before anybody approved it, in other words than were shown, or that a reply tells of.
  it('is shown exactly, written once after an approval, and stays out of replies', async () => {
    const action = await proposed(TEXT);
    expect(action).toMatchObject({ status: 'waiting_for_rep', amount: null });
    expect(action.effect).toContain(TEXT);
    expect(await notes()).toEqual([]);
    const done = await approve(action);
    expect(done).toMatchObject({ status: 'succeeded', facts: [] });
    expect(done.proof).not.toBe('');
    expect((await notes()).map((text) => text.replaceAll(/\s+/gu, ' '))).toEqual([
      TEXT.replaceAll(/\s+/gu, ' '),
    ]);
    expect(desk.service.doneCalls({ id: conversationId, messages: [] })).toEqual([]);
    expect((await inbox.open(conversationId)).messages.map(({ text }) => text)).toEqual(['Where is it?']);
  });

  it('asks the rep for its words', async () => {
    expect(await proposed('')).toMatchObject({ effect: '', detail: 'Note: is missing' });
  });

  // Catches: a note that is there twice because its answer was lost.
  it('is found again where the answer was lost', async () => {
    const action = await proposed(TEXT);
    proxy.harm({ kind: 'lost_answer' }, true);
    expect(await approve(action)).toMatchObject({ status: 'succeeded' });
    proxy.harm(null);
    expect(await notes()).toHaveLength(1);
  });

  // Catches: a note that is lost, or there twice, because the app ended between the two.
  it('is looked for after a restart, and not written again', async () => {
    await shut();
    // Ends before it could look whether the note is there.
    await openDesk([]);
    const { id: key } = await proposed(TEXT);
    const run = {
      ...{ input: { text: TEXT }, customer: { name: 'Femke', email: null } },
      ...{ key, conversationId, signal: new AbortController().signal },
    };
    const tool = createAddInternalNote(composeNotes(() => inbox));
    expect(await tool.readBack(run)).toBeNull();
    proxy.harm({ kind: 'lost_answer' }, true);
    await expect(tool.run(run)).rejects.toMatchObject({ error: { code: 'HELPDESK_WRITE_UNCERTAIN' } });
    await shut();
    proxy.harm(null);
    await openDesk();
    const again = createAddInternalNote(composeNotes(() => inbox));
    expect(await again.readBack(run)).toMatchObject({ status: 'succeeded' });
    expect(await again.run(run)).toMatchObject({ status: 'succeeded' });
    expect(await notes()).toHaveLength(1);
  });

  // Catches: a note that never came and cannot be written any more with its key.
  it('can be asked for again with the same key where it never came', async () => {
    const action = await proposed(TEXT);
    proxy.harm({ kind: 'dropped' }, true);
    expect(await approve(action)).toMatchObject({ status: 'failed' });
    proxy.harm(null);
    expect(await notes()).toEqual([]);
    expect(await desk.service.retry(action.id)).toMatchObject({ status: 'succeeded' });
    expect(await notes()).toHaveLength(1);
  });

  it('tells the helpdesk’s own no, after which nothing was written', async () => {
    const action = await proposed(TEXT);
    proxy.harm({ kind: 'status', status: 403 }, true);
    const ended = await approve(action);
    expect(ended.status).toBe('failed');
    expect(ended.detail).not.toBe('');
    proxy.harm(null);
    expect(await notes()).toEqual([]);
  });
});

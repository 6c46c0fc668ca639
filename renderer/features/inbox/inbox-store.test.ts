import { expect, it } from 'vitest';

import type { ConversationSummary } from '../../../shared/domain/conversation.js';
import { ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createInboxStore, selectRows } from './inbox-store.js';

function row(id: string, minute: number): ConversationSummary {
  return {
    id,
    subject: id,
    channel: 'email',
    status: 'open',
    customer: { name: id },
    updatedAt: `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`,
    preview: '',
    lastAuthor: 'customer',
    messageCount: 1,
    unreadCount: 1,
  };
}

async function desk(rows: ConversationSummary[]) {
  const bridge = createScriptedBridge({ 'conversation.list': () => ok(rows) });
  const store = createInboxStore(bridge);
  store.getState().connect();
  await store.getState().load();
  return { bridge, store };
}

// Catches a selection that jumps to another customer when the inbox sorts itself anew.
it('keeps the chosen conversation when another one moves to the top', async () => {
  const { bridge, store } = await desk([row('a', 3), row('b', 2), row('c', 1)]);
  store.getState().select('b');
  bridge.emit('conversation.changed', { summary: row('c', 9), message: null });
  expect(selectRows(store.getState()).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
  expect(store.getState().activeId).toBe('b');
});

// Catches an empty card on the first conversation of the day.
it('opens the first conversation that ever comes in, and no later one', async () => {
  const { bridge, store } = await desk([]);
  expect(store.getState().activeId).toBeNull();
  bridge.emit('conversation.changed', { summary: row('a', 1), message: null });
  bridge.emit('conversation.changed', { summary: row('b', 2), message: null });
  expect(store.getState().activeId).toBe('a');
});

// Catches an index that runs out of the list.
it('moves by one and stays at the ends', async () => {
  const { store } = await desk([row('a', 2), row('b', 1)]);
  const { move } = store.getState();
  const visited = ([-1, 1, 1, -1] as const).map((step) => {
    move(step);
    return store.getState().activeId;
  });
  expect(visited).toEqual(['a', 'b', 'b', 'a']);
});

// Catches a row that an older list, still on its way, sets back.
it('prefers a change that was told while the list was read', async () => {
  const bridge = createScriptedBridge({ 'conversation.list': () => ok([row('a', 1), row('b', 2)]) });
  const store = createInboxStore(bridge);
  store.getState().connect();
  const loading = store.getState().load();
  bridge.emit('conversation.changed', { summary: row('a', 9), message: null });
  await loading;
  expect(selectRows(store.getState()).map(({ id, updatedAt }) => [id, updatedAt.slice(14, 16)])).toEqual([
    ['a', '09'],
    ['b', '02'],
  ]);
});

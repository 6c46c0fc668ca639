import { beforeEach, expect, it } from 'vitest';

import type { Action } from '../../../shared/domain/action.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createActionsStore, type ActionsStore } from './actions-store.js';

const refund: Action = {
  ...{ id: 'a1', conversationId: 'c1', messageId: 'm1', tool: 'refund_order', title: 'Refund' },
  ...{ fields: [], input: { amount: '20.00' }, effect: 'Refund 20.00 EUR.', call: 'POST', amount: null },
  ...{ findings: [], status: 'waiting_for_rep', detail: '', decisions: [], facts: [], proof: null },
  ...{ createdAt: '2026-11-20T10:00:00.000Z', updatedAt: '2026-11-20T10:00:00.000Z' },
};

let nowMs = 0;
let store: ActionsStore;
let bridge: ReturnType<typeof createScriptedBridge>;
beforeEach(async () => {
  nowMs = 10_000;
  bridge = createScriptedBridge({
    'action.list': () => ok([refund]),
    'action.offered': () => ok([]),
    'action.approve': ({ seenAt }) =>
      seenAt === refund.updatedAt
        ? ok({ ...refund, status: 'succeeded' as const, proof: 're_1' })
        : err(appError('ACTION_CHANGED')),
    'action.edit': ({ input }) => ok({ ...refund, input: { ...refund.input, ...input } }),
  });
  store = createActionsStore(bridge, () => nowMs);
  store.getState().connect();
  await store.getState().show('c1');
});

const approvals = (): number => bridge.asked.filter(({ name }) => name === 'action.approve').length;

// Catches: money that moves by one key, or by a double click.
it('approves at a second press that is no double click', async () => {
  await store.getState().press('a1');
  nowMs += 200;
  await store.getState().press('a1');
  expect([store.getState().armedId, approvals()]).toEqual(['a1', 0]);
  nowMs += 400;
  await store.getState().press('a1');
  expect(store.getState()).toMatchObject({
    armedId: null,
    actions: [{ status: 'succeeded', proof: 're_1' }],
  });
  expect(approvals()).toBe(1);
});

// Catches: a first press that counts for an action that was opened later, or whose values were typed over.
it('takes the first press back when anything else is done', async () => {
  await store.getState().press('a1');
  store.getState().type('a1', 'amount', '500.00');
  expect(store.getState().armedId).toBeNull();
  await store.getState().press('a1');
  store.getState().toggle('a1');
  expect(store.getState().armedId).toBeNull();
  await store.getState().press('a1');
  await store.getState().show('c2');
  expect(store.getState().armedId).toBeNull();
});

it('keeps what was typed when it is refused, and says why', async () => {
  await store.getState().press('a1');
  bridge.emit('action.changed', { action: { ...refund, updatedAt: 'later' } });
  nowMs += 1_000;
  await store.getState().press('a1');
  expect(store.getState().problem).toMatchObject({ id: 'a1', error: { code: 'ACTION_CHANGED' } });
  store.getState().type('a1', 'amount', '5.00');
  await store.getState().takeValues('a1');
  expect(store.getState()).toMatchObject({ actions: [{ input: { amount: '5.00' } }], typed: {} });
});

// Catches: an action of another conversation on the card of this one.
it('shows what main tells of this conversation only', () => {
  bridge.emit('action.changed', { action: { ...refund, id: 'a2', conversationId: 'c9' } });
  expect(store.getState().actions).toHaveLength(1);
  bridge.emit('action.changed', { action: { ...refund, id: 'a3' } });
  expect(store.getState().actions.map(({ id }) => id)).toEqual(['a1', 'a3']);
});

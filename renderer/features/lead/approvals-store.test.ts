import { expect, test } from 'vitest';

import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { appError } from '../../../shared/errors/app-error.js';
import { createApprovalsStore, type Waiting } from './approvals-store.js';

const waiting: Waiting = {
  question: {
    ...{ actionId: 'a-1', tool: 'refund_order', title: 'Refund', fields: [], input: {} },
    ...{ effect: 'Refund 120 EUR.', call: 'refund', amount: null, findings: [] },
  },
  ...{ content: 'f'.repeat(64), memberId: 'm-1', memberName: 'Rhea', askedAt: '2026-11-27T10:00:00.000Z' },
  isOwn: false,
};

function storeOf(isTaken = false) {
  let list: Waiting[] = [waiting];
  let ms = 0;
  const bridge = createScriptedBridge({
    'lead.approvals': () => ({ ok: true, value: list }),
    'lead.decide_approval': ({ content, decision, reason }) => {
      list = [];
      if (isTaken) return { ok: false, error: appError('HUB_CONFLICT', 'Bo Hansen has refused it') };
      return { ok: true, value: { content, decision, by: 'Lena', reason, at: '2026-11-27T10:01:00.000Z' } };
    },
  });
  const store = createApprovalsStore(bridge, () => ms);
  return {
    ...{ store, wait: (more: number) => (ms += more) },
    decided: () => bridge.asked.filter(({ name }) => name === 'lead.decide_approval'),
  };
}

// Catches: one press, or a double click, that pays out money; and an approval of something else than what was shown.
test('approves what was shown at the second press, which is no double click', async () => {
  const { store, decided, wait } = storeOf();
  await store.getState().load();
  await store.getState().press('a-1');
  wait(120);
  await store.getState().press('a-1');
  expect(decided()).toEqual([]);
  wait(500);
  await store.getState().press('a-1');
  expect(decided().map(({ input }) => input)).toEqual([
    { id: 'a-1', content: waiting.content, decision: 'approved', reason: '' },
  ]);
  expect(store.getState()).toMatchObject({
    waiting: { value: [] },
    decided: { title: 'Refund', decision: 'approved' },
  });
});

// Catches: a first press that stays armed when the lead turned to refusing.
test('takes the first press back', async () => {
  const { store, decided, wait } = storeOf();
  await store.getState().load();
  await store.getState().press('a-1');
  store.getState().askWhy('a-1');
  wait(1000);
  await store.getState().press('a-1');
  expect(decided()).toEqual([]);
  await store.getState().refuse('a-1', 'No photo.');
  expect(decided()[0]?.input).toMatchObject({ decision: 'refused', reason: 'No photo.' });
});

// Catches: a lead who believes that their word counted when another lead was first.
test('says when somebody else has decided, and reads the list again', async () => {
  const { store } = storeOf(true);
  await store.getState().load();
  await store.getState().refuse('a-1', '');
  expect(store.getState()).toMatchObject({
    problem: { code: 'HUB_CONFLICT', detail: 'Bo Hansen has refused it' },
    ...{ waiting: { value: [] }, decided: null },
  });
});

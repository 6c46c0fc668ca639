import { expect, test } from 'vitest';

import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import type { ConversationSummary } from '../../../shared/domain/conversation.js';
import { appError } from '../../../shared/errors/app-error.js';
import { createPlaygroundStore } from './playground-store.js';

const prompts = [{ stage: 'drafting' as const, version: 3, text: 'Write short.', isBuiltIn: false }];
const conversation = { id: 'c-1' } as ConversationSummary;

function storeOf(run: (input: { prompts: readonly { text: string }[] }) => Promise<void>) {
  const bridge = createScriptedBridge({
    'playground.prompts': () => ({ ok: true, value: prompts }),
    'conversation.list': () => ({ ok: true, value: [conversation] }),
    'playground.cancel': () => ({ ok: true, value: undefined }),
    'playground.run': async (input) => {
      await run(input);
      return { ok: false, error: appError('MODEL_MISSING') };
    },
  });
  return { bridge, store: createPlaygroundStore(bridge) };
}

// Catches: both sides tried with the same prompt, or a version that looks like the published one.
test('tries the prompts in force and the typed ones', async () => {
  const { bridge, store } = storeOf(() => Promise.resolve());
  await store.getState().load();
  store.getState().write('Write long.');
  await store.getState().run();
  const runs = bridge.asked.filter(({ name }) => name === 'playground.run').map(({ input }) => input);
  expect(runs).toEqual([
    { conversationId: 'c-1', prompts: [], stage: 'all' },
    {
      conversationId: 'c-1',
      prompts: [{ stage: 'drafting', version: 4, text: 'Write long.' }],
      stage: 'all',
    },
  ]);
  expect(store.getState().after).toMatchObject({ kind: 'failed', error: { code: 'MODEL_MISSING' } });
});

// Catches: the outcome of a trial that was stopped, or of another conversation, shown as the newest.
test('shows nothing of a trial that is over', async () => {
  let finish = (): void => undefined;
  const { store } = storeOf(() => new Promise<void>((resolve) => (finish = resolve)));
  await store.getState().load();
  const running = store.getState().run();
  await store.getState().cancel();
  finish();
  store.getState().choose({ stage: 'critique' });
  await Promise.race([running, Promise.resolve()]);
  expect([store.getState().before.kind, store.getState().after.kind]).toEqual(['none', 'none']);
});

// Catches: a trial that goes on costing after its tab was left.
test('stops a trial nobody looks at any more, and nothing when none runs', async () => {
  let finish = (): void => undefined;
  const { bridge, store } = storeOf(() => new Promise<void>((resolve) => (finish = resolve)));
  const stops = (): number => bridge.asked.filter(({ name }) => name === 'playground.cancel').length;
  await store.getState().load();
  store.getState().leave();
  expect(stops()).toBe(0);
  const running = store.getState().run();
  store.getState().leave();
  expect(stops()).toBe(1);
  finish();
  await Promise.race([running, Promise.resolve()]);
});

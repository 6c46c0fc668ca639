import { expect, it } from 'vitest';

import { ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createGoToStore } from './go-to-store.js';

// Catches Enter on an empty line that asks the helpdesks, and a text that is lost when nothing fits.
it('opens what the text stands for, and says when that is nothing', async () => {
  const bridge = createScriptedBridge({
    'helpdesk.find': ({ text }) => ok({ conversationId: text === '#42' ? 'rt-a:42' : null }),
  });
  const store = createGoToStore(bridge);
  expect(await store.getState().find()).toBeNull();
  expect(store.getState().outcome).toEqual({ kind: 'empty' });
  expect(bridge.asked).toEqual([]);
  store.getState().type('hello');
  expect(await store.getState().find()).toBeNull();
  expect(store.getState()).toMatchObject({ text: 'hello', outcome: { kind: 'nothing' } });
  store.getState().type('#42');
  expect(await store.getState().find()).toBe('rt-a:42');
  expect(store.getState()).toMatchObject({ text: '', outcome: { kind: 'none' } });
});

// Catches a conversation that opens by itself after the rep closed the field.
it('opens nothing once it is left', async () => {
  let answer: () => void = () => undefined;
  const bridge = createScriptedBridge({
    'helpdesk.find': () =>
      new Promise((resolve) => (answer = () => resolve(ok({ conversationId: 'rt-a:42' })))),
  });
  const store = createGoToStore(bridge);
  store.getState().type('42');
  const found = store.getState().find();
  store.getState().leave();
  answer();
  expect(await found).toBeNull();
});

import { expect, it } from 'vitest';

import { ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createGoToStore, isThread } from './go-to-store.js';

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

// Catches: a customer's words that are looked up as if they were an address, and a thread that cannot be opened.
it('opens a copied thread as a conversation, without looking it up', async () => {
  const bridge = createScriptedBridge({
    'helpdesk.find': () => ok({ conversationId: null }),
    'helpdesk.paste': () => ok({ conversationId: 'pasted:1' }),
  });
  const store = createGoToStore(bridge);
  const thread = 'Customer: hello\nAgent: hi';
  store.getState().type(thread);
  expect(await store.getState().find()).toBeNull();
  expect(bridge.asked).toEqual([]);
  expect(store.getState().outcome).toEqual({ kind: 'nothing' });
  expect(await store.getState().paste()).toBe('pasted:1');
  expect(bridge.asked).toEqual([{ name: 'helpdesk.paste', input: { text: thread } }]);
  expect(store.getState()).toMatchObject({ text: '', outcome: { kind: 'none' } });
});

// Catches: an address with a typing error that becomes a conversation.
it('takes neither addresses nor numbers for a thread', () => {
  for (const text of [
    'https://desk.example/t/1',
    ' rt://x ',
    '42',
    '#42',
    '[desk #42]',
    'HP-104233',
    '',
    ' ',
  ])
    expect(isThread(text), text).toBe(false);
  for (const text of [
    'Where is my order?',
    'See https://desk.example/t/1 please',
    'a\n42',
    'On 3 pages: 1/2',
  ])
    expect(isThread(text), text).toBe(true);
});

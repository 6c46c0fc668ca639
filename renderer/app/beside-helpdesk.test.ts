import { expect, it } from 'vitest';

import type { Conversation } from '../../shared/domain/conversation.js';
import { appError } from '../../shared/errors/app-error.js';
import { err, ok } from '../../shared/lib/result.js';
import { createScriptedBridge } from '../bridge/scripted-bridge.js';
import { selectComposer } from '../features/conversation/conversation-store.js';
import { sampleReply } from '../features/suggestion/suggestion-samples.js';
import { createRepActions } from './rep-actions.js';
import { createStores } from './stores.js';

async function desk(canSend: boolean, how: 'inserted' | 'no_editor' | 'other_conversation' = 'no_editor') {
  const reply = sampleReply('r1', 'c-1');
  const conversation: Conversation = {
    ...{ id: 'c-1', subject: '', channel: 'email', status: 'open', customer: { name: 'Femke' } },
    ...{ messages: [], updatedAt: '2026-11-27T10:00:00.000Z', canSend },
  };
  const message = {
    id: 'm9',
    conversationId: 'c-1',
    author: 'rep',
    text: '',
    sentAt: conversation.updatedAt,
  };
  const bridge = createScriptedBridge({
    'suggestion.other': () => ok(null),
    'suggestion.latest': () => ok(reply),
    'suggestion.pin': () => ok(null),
    'conversation.open': () => ok(conversation),
    'conversation.send': () => ok({ ...message, author: 'rep' as const }),
    'clipboard.write': () => ok(undefined),
    'view.open': () =>
      ok({ connectionId: 'desk-1', url: '', isLoading: false, blocked: null, problem: '', allowed: [] }),
    'view.focus': () => ok(undefined),
    'view.insert': () => ok({ how }),
    'feedback.submit': () => err(appError('FEEDBACK_UNKNOWN_SUGGESTION')),
  });
  const stores = createStores(bridge);
  await stores.suggestion.getState().show('c-1');
  await stores.conversation.getState().show('c-1');
  const inputs = (name: string): unknown[] =>
    bridge.asked.filter((asked) => asked.name === name).map(({ input }) => input);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { stores, actions: createRepActions(bridge, stores), inputs, settled };
}

// Catches a reply that leaves through an interface although sending is off, and a copied text that is gone from the composer.
it('copies the reply beside a helpdesk, where the demo sends it', async () => {
  const beside = await desk(false);
  beside.stores.conversation.getState().insert({ text: 'On its way.', runId: 'r1' });
  beside.actions.send();
  await beside.settled();
  expect(beside.inputs('conversation.send')).toEqual([]);
  expect(beside.inputs('clipboard.write')).toEqual([{ text: 'On its way.' }]);
  expect(beside.inputs('feedback.submit')).toMatchObject([{ runId: 'r1', action: { kind: 'copied' } }]);
  expect(selectComposer(beside.stores.conversation.getState()).text).toBe('On its way.');

  const demo = await desk(true);
  demo.stores.conversation.getState().insert({ text: 'On its way.', runId: 'r1' });
  demo.actions.send();
  await demo.settled();
  expect(demo.inputs('conversation.send')).toMatchObject([{ text: 'On its way.' }]);
  expect(demo.inputs('clipboard.write')).toEqual([]);
});

// Catches: the reply to the conversation on screen in the page of another one, without a word about it.
it.each([
  ['inserted', [], 'Inserted into the helpdesk'],
  ['no_editor', [{ text: 'On its way.' }], 'No text field'],
  ['other_conversation', [{ text: 'On its way.' }], 'shows another conversation'],
] as const)('hands the reply to the page with its conversation (%s)', async (how, copied, words) => {
  const { stores, actions, inputs, settled } = await desk(false, how);
  await stores.view.getState().open('desk-1', null);
  stores.conversation.getState().insert({ text: 'On its way.', runId: 'r1' });
  actions.send();
  await settled();
  expect(inputs('view.insert')).toEqual([
    { conversationId: 'c-1', text: 'On its way.', unlessHeld: ['On its way.'] },
  ]);
  expect(inputs('clipboard.write')).toEqual(copied);
  expect(JSON.stringify(stores.notice.getState())).toContain(words);
});

// Catches: a key that does nothing and says nothing, and a page no key leads to.
it('gives the keyboard to the page that is open, and says so where none is', async () => {
  const { stores, actions, inputs } = await desk(false);
  actions.enterPage();
  expect(inputs('view.focus')).toEqual([]);
  expect(JSON.stringify(stores.notice.getState())).toContain('not open');
  await stores.view.getState().open('desk-1', null);
  actions.enterPage();
  expect(inputs('view.focus')).toHaveLength(1);
});

// Catches: a way to the helpdesk that only copies where the page could open here, one that opens a foreign address, and one that does nothing.
it.each([
  ['full', 'https://desk.example/ticket/42', ['https://desk.example/ticket/42'], []],
  ['beside', 'https://desk.example/ticket/42', [], ['no room']],
  ['full', 'https://elsewhere.example/ticket/42', [], ['no page']],
  ['full', 'javascript:alert(1)', [], ['no page']],
] as const)('opens the conversation’s page here, else copies its address (%s %s)', async (...of) => {
  const [layout, url, opened, said] = of;
  const { stores, actions, inputs, settled } = await desk(false);
  const connection = { id: 'desk-1', kind: 'zendesk' as const, name: 'Desk', options: {} };
  stores.helpdesk.setState({
    view: {
      helpdesks: [
        { connection: { ...connection, baseUrl: 'https://desk.example' }, token: 'stored', state: null },
      ],
      canStoreKeys: true,
    },
  });
  stores.settings.setState(({ settings }) => ({ settings: { ...settings, layout } }));
  stores.conversation.setState({ activeId: 'desk-1:42' });
  actions.openPage(url);
  await settled();
  expect(inputs('view.open')).toEqual(opened.map((address) => ({ connectionId: 'desk-1', url: address })));
  expect(inputs('clipboard.write')).toEqual(said.map(() => ({ text: url })));
  for (const words of said) expect(stores.notice.getState().milestone.text).toContain(words);
});

// Catches a hint that promises to send what will be copied.
it.each([
  [false, 'copies it'],
  [true, 'sends it'],
])('says what Ctrl+Enter does after inserting (canSend %s)', async (canSend, words) => {
  const { stores, actions } = await desk(canSend);
  actions.insert();
  expect(stores.notice.getState().milestone.text).toContain(words);
});

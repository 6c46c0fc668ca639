import { describe, expect, it } from 'vitest';

import type { Conversation, ConversationMessage } from '../../../shared/domain/conversation.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import { createConversationStore, selectComposer, selectThread } from './conversation-store.js';

const sentAt = '2026-11-24T10:00:00.000Z';

function message(
  id: string,
  conversationId: string,
  author: ConversationMessage['author'],
): ConversationMessage {
  return { id, conversationId, author, text: `text of ${id}`, sentAt };
}

function conversation(id: string): Conversation {
  return {
    id,
    subject: 'Lamp',
    channel: 'email',
    status: 'open',
    customer: { name: 'Femke' },
    messages: [message(`${id}-m1`, id, 'customer')],
    updatedAt: sentAt,
  };
}

function desk(isRefused = false) {
  const bridge = createScriptedBridge({
    'conversation.open': ({ conversationId }) => ok(conversation(conversationId)),
    'conversation.send': ({ conversationId }) =>
      isRefused ? err(appError('HELPDESK_WRITE_REFUSED')) : ok(message('sent', conversationId, 'rep')),
  });
  const store = createConversationStore(bridge);
  store.getState().connect();
  return { bridge, store };
}

describe('the composer', () => {
  // Catches a reply of one customer sent to another after switching.
  it('belongs to its conversation', async () => {
    const { store } = desk();
    await store.getState().show('c-1');
    store.getState().insert({ text: 'for one', runId: 'r1' });
    await store.getState().show('c-2');
    expect(selectComposer(store.getState()).text).toBe('');
    await store.getState().show('c-1');
    expect(selectComposer(store.getState())).toMatchObject({ text: 'for one', runId: 'r1' });
  });

  // Catches words of the rep that an inserted suggestion wipes out.
  it('replaces an untouched insertion and keeps what the rep wrote', async () => {
    const { store } = desk();
    await store.getState().show('c-1');
    const { insert, type } = store.getState();
    expect(insert({ text: 'first', runId: 'r1' })).toBe('replaced');
    expect(insert({ text: 'second', runId: 'r2' })).toBe('replaced');
    type('second, in my words');
    expect(insert({ text: 'third', runId: 'r3' })).toBe('added');
    expect(selectComposer(store.getState())).toMatchObject({
      text: 'second, in my words\n\nthird',
      runId: 'r3',
    });
  });

  // Catches a reply written from scratch that is counted as an edited suggestion.
  it('forgets the suggestion when the rep empties it', async () => {
    const { store } = desk();
    await store.getState().show('c-1');
    store.getState().insert({ text: 'draft', runId: 'r1' });
    store.getState().type('');
    store.getState().type('my own');
    expect(selectComposer(store.getState())).toMatchObject({ text: 'my own', runId: null });
  });

  // Catches a decision that cannot be tied to its suggestion.
  it('sends the text with the run it started from, and shows it once', async () => {
    const { bridge, store } = desk();
    await store.getState().show('c-1');
    store.getState().insert({ text: 'draft', runId: 'r1' });
    const sending = store.getState().send();
    const sent = message('sent', 'c-1', 'rep');
    const summary = {
      ...conversation('c-1'),
      preview: '',
      lastAuthor: 'rep',
      messageCount: 2,
      unreadCount: 0,
    } as const;
    bridge.emit('conversation.changed', { summary, message: sent });
    expect(await sending).toEqual({ kind: 'sent', runId: 'r1' });
    expect(bridge.asked.at(-1)?.input).toEqual({
      isAsked: false,
      conversationId: 'c-1',
      text: 'draft',
      runId: 'r1',
    });
    expect(selectComposer(store.getState()).text).toBe('');
    const thread = selectThread(store.getState());
    expect(thread?.kind === 'open' && thread.conversation.messages.map(({ id }) => id)).toEqual([
      'c-1-m1',
      'sent',
    ]);
  });

  // Catches a reply that is lost because the helpdesk did not take it.
  it('keeps the text when sending fails', async () => {
    const { store } = desk(true);
    await store.getState().show('c-1');
    store.getState().type('important');
    expect(await store.getState().send()).toMatchObject({ kind: 'failed' });
    expect(selectComposer(store.getState())).toMatchObject({
      text: 'important',
      sending: { kind: 'failed' },
    });
  });

  // Catches one reply sent twice by two quick presses.
  it('sends once while the first is on its way', async () => {
    const { bridge, store } = desk();
    await store.getState().show('c-1');
    store.getState().type('once');
    const outcomes = await Promise.all([store.getState().send(), store.getState().send()]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['sent', 'nothing']);
    expect(bridge.asked.filter(({ name }) => name === 'conversation.send')).toHaveLength(1);
  });
});

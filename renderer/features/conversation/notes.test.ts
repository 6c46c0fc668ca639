import { expect, it } from 'vitest';

import type {
  Conversation,
  ConversationMessage,
  ConversationSummary,
} from '../../../shared/domain/conversation.js';
import { appError } from '../../../shared/errors/app-error.js';
import { err, ok } from '../../../shared/lib/result.js';
import { createScriptedBridge } from '../../bridge/scripted-bridge.js';
import {
  createConversationStore,
  selectCanSend,
  selectComposer,
  selectThread,
} from './conversation-store.js';
import { threadEntries } from './thread-entries.js';

const at = (minute: number): string => `2026-11-27T10:${String(minute).padStart(2, '0')}:00.000Z`;

const message = (id: string, minute: number): ConversationMessage => ({
  ...{ id, conversationId: 'rt:42', author: 'customer', text: `text of ${id}`, sentAt: at(minute) },
});

/** A helpdesk that keeps notes, or gives no answer. */
async function desk(failure: 'HELPDESK_WRITE_UNCERTAIN' | 'HELPDESK_RIGHT_MISSING' | null = null) {
  const notes: ConversationMessage[] = [];
  const conversation = (): Conversation => ({
    ...{ id: 'rt:42', subject: 'Lamp', channel: 'email', status: 'open', customer: { name: 'Femke' } },
    ...{ messages: [message('m1', 1)], notes: [...notes], canSend: false, updatedAt: at(1 + notes.length) },
  });
  const bridge = createScriptedBridge({
    'conversation.open': () => ok(conversation()),
    'conversation.add_note': ({ text }) => {
      if (failure) return err(appError(failure, 'It was not found in the helpdesk; it can be sent again.'));
      notes.push({ ...message(`n${String(notes.length)}`, 2), author: 'rep', text });
      return ok(undefined);
    },
  });
  const store = createConversationStore(bridge);
  store.getState().connect();
  await store.getState().show('rt:42');
  const shownNotes = (): string[] => {
    const thread = selectThread(store.getState());
    return thread?.kind === 'open' ? (thread.conversation.notes ?? []).map(({ text }) => text) : [];
  };
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { bridge, store, notes, shownNotes, settled };
}

// Catches a note that stays in the composer, where Enter would send it again, and one that is nowhere to be seen.
it('adds what is written as a note once, and shows it', async () => {
  const { bridge, store, shownNotes, settled } = await desk();
  expect(selectCanSend(store.getState())).toBe(false);
  store.getState().type('Ask the carrier');
  const [first, second] = await Promise.all([store.getState().addWritten(), store.getState().addWritten()]);
  await settled();
  expect([first.kind, second.kind]).toEqual(['sent', 'nothing']);
  expect(bridge.asked.filter(({ name }) => name === 'conversation.add_note')).toHaveLength(1);
  expect(selectComposer(store.getState()).text).toBe('');
  expect(shownNotes()).toEqual(['Ask the carrier']);
});

// Catches a text that is lost, or called "not added", when nobody knows whether it arrived.
it.each(['HELPDESK_WRITE_UNCERTAIN', 'HELPDESK_RIGHT_MISSING'] as const)(
  'keeps the text and says why at %s',
  async (code) => {
    const { store } = await desk(code);
    store.getState().type('Ask the carrier');
    await store.getState().addWritten();
    expect(selectComposer(store.getState())).toMatchObject({
      text: 'Ask the carrier',
      sending: { kind: 'failed', as: 'note', error: { code } },
    });
  },
);

// Catches a handover note whose fate is told for three seconds only.
it('keeps in sight why a note of the card was not added', async () => {
  const { store } = await desk('HELPDESK_WRITE_UNCERTAIN');
  await store.getState().addNote('Handover');
  expect(selectComposer(store.getState())).toMatchObject({
    isOpen: true,
    text: '',
    sending: { kind: 'failed', as: 'note' },
  });
});

// Catches a colleague's note that is only there after a restart, and a thread that is read again for nothing.
it("reads the thread again when something but a message changed it: a colleague's note", async () => {
  const { bridge, store, notes, shownNotes, settled } = await desk();
  const opens = (): number => bridge.asked.filter(({ name }) => name === 'conversation.open').length;
  const summary: Omit<ConversationSummary, 'updatedAt'> = {
    ...{ id: 'rt:42', subject: 'Lamp', channel: 'email', status: 'open', customer: { name: 'Femke' } },
    ...{ preview: '', lastAuthor: 'customer', messageCount: 1, unreadCount: 0 },
  };
  bridge.emit('conversation.changed', { summary: { ...summary, updatedAt: at(1) }, message: null });
  await settled();
  expect(opens()).toBe(1);
  notes.push({ ...message('n0', 2), author: 'rep', text: 'by Omar' });
  bridge.emit('conversation.changed', { summary: { ...summary, updatedAt: at(2) }, message: null });
  await settled();
  expect(opens()).toBe(2);
  expect(shownNotes()).toEqual(['by Omar']);
  expect(store.getState().activeId).toBe('rt:42');
});

// Catches a note among the messages without its mark, or in the wrong place.
it('puts notes where they were written, marked', () => {
  const entries = threadEntries({
    messages: [message('m1', 1), message('m2', 3)],
    notes: [message('n1', 2), message('n2', 3)],
  });
  expect(entries.map(({ message: { id }, isInternal }) => [id, isInternal])).toEqual([
    ['m1', false],
    ['n1', true],
    ['m2', false],
    ['n2', true],
  ]);
});

import { expect, it } from 'vitest';

import type { ActiveConversation, ActiveState } from '../../shared/contracts/ipc/active.js';
import type { ConversationSummary } from '../../shared/domain/conversation.js';
import { ok } from '../../shared/lib/result.js';
import { createScriptedBridge } from '../bridge/scripted-bridge.js';
import { createActiveStore } from '../features/active/active-store.js';
import { createInboxStore } from '../features/inbox/inbox-store.js';
import { followActive } from './follow-active.js';

const row = (id: string): ConversationSummary => ({
  ...{ id, subject: id, channel: 'email', status: 'open', customer: { name: id }, preview: '' },
  ...{ updatedAt: '2026-11-27T10:00:00.000Z', lastAuthor: 'customer', messageCount: 1, unreadCount: 1 },
});

async function window() {
  let clock = Date.parse('2026-11-27T10:00:00.000Z');
  const bridge = createScriptedBridge({
    'conversation.list': () => ok([row('a'), row('b'), row('c')]),
    'active.follow': ({ isOn }) => ok({ isFollowing: isOn, active: null }),
  });
  const active = createActiveStore(bridge, () => clock);
  const inbox = createInboxStore(bridge);
  active.getState().connect();
  followActive({ active, inbox });
  await inbox.getState().load();
  return {
    ...{ active, inbox },
    after: (seconds: number) => (clock += seconds * 1_000),
    /** Main says where the rep is, as heard `ago` seconds before now. */
    says: (conversationId: string, ago = 0, source: ActiveConversation['source'] = 'extension') => {
      const at = new Date(clock - ago * 1_000).toISOString();
      const state: ActiveState = { isFollowing: true, active: { source, conversationId, at } };
      bridge.emit('active.changed', { state });
    },
  };
}

// Catches: a card that does not follow, also back to a conversation it showed before.
it('shows what a source names, again when it is named again', async () => {
  const { inbox, says, after } = await window();
  expect(inbox.getState().activeId).toBe('a');
  says('b');
  expect(inbox.getState().activeId).toBe('b');
  after(5);
  inbox.getState().select('c');
  after(5);
  says('b');
  expect(inbox.getState().activeId).toBe('b');
});

// Catches: a page whose look-up took ten seconds and takes the rep away from what they chose meanwhile.
it('leaves the rep where they went after a page was seen, not after a key was pressed', async () => {
  const { inbox, says, after } = await window();
  after(5);
  inbox.getState().select('c');
  says('b', 3);
  expect(inbox.getState().activeId).toBe('c');
  says('b', 4, 'shortcut');
  expect(inbox.getState().activeId).toBe('b');
});

// Catches: the row that opens by itself at the start, which would count as the rep's choice against the page they are on.
it('does not take the first row for a choice of the rep', async () => {
  const { inbox, says } = await window();
  says('b', 60);
  expect(inbox.getState().activeId).toBe('b');
});

// Catches: the row that follows a forgotten customer, counted as the rep's choice: the page they are on, or one whose look-up took a while,
// would then not be followed.
it('does not take the row after a forgotten one for a choice of the rep', async () => {
  const { inbox, active, says, after } = await window();
  says('a');
  after(60);
  inbox.getState().forget(['a']);
  expect(inbox.getState().activeId).toBe('b');
  expect(active.getState().choseHereAt).toBe(0);
  says('c', 5);
  expect(inbox.getState().activeId).toBe('c');
});

// Catches: a rep who is left at a row nobody named, with "Chosen here", while the page they are on is known.
it('goes back to where the rep is when what they chose here is forgotten', async () => {
  const { inbox, says, after } = await window();
  says('c');
  after(5);
  inbox.getState().select('a');
  inbox.getState().forget(['a']);
  expect(inbox.getState().activeId).toBe('c');
});

// Catches: a forgotten conversation that is opened again because main still names it, and a stop of following that is not heeded.
it('opens no conversation that is gone, and none while it does not follow', async () => {
  const { inbox, active, says, after } = await window();
  says('c');
  after(5);
  inbox.getState().select('a');
  inbox.getState().forget(['a', 'c']);
  expect(inbox.getState().activeId).toBe('b');
  const stopped = await window();
  stopped.says('c');
  after(5);
  stopped.inbox.getState().select('a');
  stopped.active.setState({ state: { ...stopped.active.getState().state, isFollowing: false } });
  stopped.inbox.getState().forget(['a']);
  expect(stopped.inbox.getState().activeId).toBe('b');
  expect(active.getState().state.isFollowing).toBe(true);
});

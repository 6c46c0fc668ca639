import { expect, it } from 'vitest';

import type { HelpdesksView } from '../../shared/contracts/ipc/helpdesk.js';
import type { ConversationSummary } from '../../shared/domain/conversation.js';
import type { HelpdeskState } from '../../shared/domain/helpdesk.js';
import { ok } from '../../shared/lib/result.js';
import { createScriptedBridge } from '../bridge/scripted-bridge.js';
import { selectThread } from '../features/conversation/conversation-store.js';
import { selectRows } from '../features/inbox/inbox-store.js';
import { followHelpdesks } from './follow-helpdesks.js';
import { createStores } from './stores.js';

const row = (id: string): ConversationSummary => ({
  ...{ id, subject: id, channel: 'email', status: 'open', customer: { name: id }, preview: '' },
  ...{ updatedAt: '2026-11-27T10:00:00.000Z', lastAuthor: 'customer', messageCount: 1, unreadCount: 1 },
});

function viewOf(ids: readonly string[], state: HelpdeskState['state'] = 'polling'): HelpdesksView {
  return {
    helpdesks: ids.map((id) => ({
      connection: {
        ...{ id, kind: 'request_tracker', name: id, options: {} },
        baseUrl: `https://${id}.example.com`,
      },
      token: 'stored',
      state: { connectionId: id, state, detail: '', retryAt: null },
    })),
    canStoreKeys: true,
  };
}

async function desk(first: HelpdesksView, rows: ConversationSummary[]) {
  const place = { rows };
  const bridge = createScriptedBridge({
    'helpdesk.read': () => ok(first),
    'conversation.list': () => ok(place.rows),
    'conversation.open': ({ conversationId }) => ok({ ...row(conversationId), messages: [], canSend: false }),
  });
  const stores = createStores(bridge);
  stores.helpdesk.getState().connect();
  stores.inbox.getState().connect();
  stores.inbox.subscribe(({ activeId }, before) => {
    if (activeId !== before.activeId) void stores.conversation.getState().show(activeId);
  });
  followHelpdesks(stores);
  await stores.helpdesk.getState().load();
  await stores.inbox.getState().load();
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { bridge, stores, place, settled };
}

// Catches a demo conversation that stays on screen beside a real helpdesk, and a rep left in one that is gone.
it('leaves a conversation that is gone, and follows the first that comes', async () => {
  const { bridge, stores, place, settled } = await desk(viewOf([]), [row('demo-1'), row('demo-2')]);
  expect(stores.inbox.getState().activeId).toBe('demo-1');
  place.rows = [];
  bridge.emit('helpdesk.changed', viewOf(['rt']));
  await settled();
  expect(selectRows(stores.inbox.getState())).toEqual([]);
  expect(stores.inbox.getState().activeId).toBeNull();
  bridge.emit('conversation.changed', { summary: row('rt:42'), message: null });
  await settled();
  expect(stores.inbox.getState().activeId).toBe('rt:42');
  place.rows = [row('demo-1')];
  bridge.emit('helpdesk.changed', viewOf([]));
  await settled();
  expect(selectRows(stores.inbox.getState()).map(({ id }) => id)).toEqual(['demo-1']);
  expect(stores.inbox.getState().activeId).toBe('demo-1');
});

// Catches a conversation that goes blank, or is left, because another helpdesk was added.
it('stays in a conversation that is still there, and shows it', async () => {
  const { bridge, stores, place, settled } = await desk(viewOf(['a']), [row('a:1')]);
  place.rows = [row('b:9'), row('a:1')];
  bridge.emit('helpdesk.changed', viewOf(['a', 'b']));
  await settled();
  expect(stores.inbox.getState().activeId).toBe('a:1');
  expect(selectThread(stores.conversation.getState())).toMatchObject({ conversation: { id: 'a:1' } });
});

// Catches an inbox that is read anew with every state, and a helpdesk that goes away in silence.
it('says that a helpdesk is away and back, and reads nothing anew for that', async () => {
  const { bridge, stores, settled } = await desk(viewOf(['a']), [row('a:1')]);
  const asked = bridge.asked.filter(({ name }) => name === 'conversation.list').length;
  bridge.emit('helpdesk.changed', viewOf(['a'], 'offline'));
  expect(stores.notice.getState().milestone.text).toContain('does not answer');
  bridge.emit('helpdesk.changed', viewOf(['a']));
  expect(stores.notice.getState().milestone.text).toContain('answers again');
  await settled();
  expect(bridge.asked.filter(({ name }) => name === 'conversation.list')).toHaveLength(asked);
});

import type { HelpdesksView } from '../../shared/contracts/ipc/helpdesk.js';
import { stateOf } from '../features/helpdesk/helpdesk-state.js';
import type { ConversationStore } from '../features/conversation/conversation-store.js';
import type { HelpdeskStore } from '../features/helpdesk/helpdesk-store.js';
import type { InboxStore } from '../features/inbox/inbox-store.js';
import type { NoticeStore } from './notice-store.js';
import { strings } from './strings.js';

const text = strings.helpdesk.said;

interface FollowDeps {
  readonly helpdesk: HelpdeskStore;
  readonly inbox: InboxStore;
  readonly conversation: ConversationStore;
  readonly notice: NoticeStore;
}

/** What decides which conversations there are. */
const connectionsOf = (view: HelpdesksView): string =>
  JSON.stringify(
    view.helpdesks.map(({ connection: { id, kind, baseUrl, options } }) => [id, kind, baseUrl, options]),
  );

/**
 * Reads the inbox anew when other helpdesks are connected, so that no conversation of a removed one (or of the demo) stays on screen,
 * and says when a helpdesk stops answering and when it answers again. Returns the function that ends it.
 */
export function followHelpdesks({ helpdesk, inbox, conversation, notice }: FollowDeps): () => void {
  return helpdesk.subscribe(({ view }, { view: before }) => {
    if (!view || !before || view === before) return;
    if (connectionsOf(view) !== connectionsOf(before)) {
      const { activeId } = inbox.getState();
      conversation.getState().forgetThreads();
      void inbox
        .getState()
        .reload()
        .then(() => {
          // Another one is opened by itself; the one that stays is read again.
          if (inbox.getState().activeId === activeId) void conversation.getState().show(activeId);
        });
    }
    for (const now of view.helpdesks) {
      const last = before.helpdesks.find(({ connection }) => connection.id === now.connection.id);
      const [was, is] = [last && stateOf(last), stateOf(now)];
      if (was === undefined || was === is) continue;
      const { name } = now.connection;
      const { announce } = notice.getState();
      if (is === 'offline') announce(text.offline(name));
      else if (is === 'refused') announce(text.refused(name));
      else if (was === 'offline' || was === 'refused') announce(text.back(name));
    }
  });
}

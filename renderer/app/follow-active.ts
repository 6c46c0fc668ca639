import type { ActiveConversation } from '../../shared/contracts/ipc/active.js';
import type { ActiveStore } from '../features/active/active-store.js';
import type { InboxStore } from '../features/inbox/inbox-store.js';

interface FollowDeps {
  readonly active: ActiveStore;
  readonly inbox: InboxStore;
}

/** What moves the card without the rep asking for it. */
const isPage = ({ source }: ActiveConversation): boolean => source === 'view' || source === 'extension';

/**
 * Shows the conversation a source named, unless the rep chose another one here after it spoke: what they did last counts, however long a
 * look-up took. Returns the function that ends it.
 */
export function followActive({ active, inbox }: FollowDeps): () => void {
  const stops = [
    active.subscribe(({ state, choseHereAt }, { state: before }) => {
      const named = state.active;
      if (named === null || isSame(named, before.active)) return;
      if (isPage(named) && choseHereAt > Date.parse(named.at)) return;
      inbox.getState().select(named.conversationId);
    }),
    inbox.subscribe(({ activeId }, before) => {
      // The first row that ever appears is opened by itself.
      if (before.activeId === null || activeId === before.activeId) return;
      if (activeId !== active.getState().state.active?.conversationId) active.getState().choseHere();
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

const isSame = (one: ActiveConversation, other: ActiveConversation | null): boolean =>
  one.at === other?.at && one.source === other.source && one.conversationId === other.conversationId;

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
 * look-up took. A row that opens in the place of one that is gone is no choice of the rep. Returns the function that ends it.
 */
export function followActive({ active, inbox }: FollowDeps): () => void {
  const stops = [
    active.subscribe(({ state, choseHereAt }, { state: before }) => {
      const named = state.active;
      if (named === null || isSame(named, before.active)) return;
      if (isPage(named) && choseHereAt > Date.parse(named.at)) return;
      inbox.getState().select(named.conversationId);
    }),
    inbox.subscribe(({ activeId, isOpenByItself, list }, before) => {
      if (activeId === before.activeId) return;
      const { isFollowing, active: named } = active.getState().state;
      if (activeId === named?.conversationId) return;
      if (!isOpenByItself) return active.getState().choseHere();
      // What the rep chose here is gone: they are where the newest source says, if that is still there.
      if (!isFollowing || named === null || list.kind !== 'ready') return;
      if (list.rows.some(({ id }) => id === named.conversationId))
        inbox.getState().select(named.conversationId);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

const isSame = (one: ActiveConversation, other: ActiveConversation | null): boolean =>
  one.at === other?.at && one.source === other.source && one.conversationId === other.conversationId;

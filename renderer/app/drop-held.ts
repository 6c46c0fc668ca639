import type { ConversationStore } from '../features/conversation/conversation-store.js';
import type { GuardStore } from './guard-store.js';
import type { NoticeStore } from './notice-store.js';
import { strings } from './strings.js';

interface HeldDeps {
  readonly conversation: ConversationStore;
  readonly guard: GuardStore;
  readonly notice: NoticeStore;
}

/**
 * Drops what is held for the rep's word as soon as another conversation is on screen: it was asked about the one before. The rep is told. Returns
 * the function that ends it.
 */
export function dropHeld({ conversation, guard, notice }: HeldDeps): () => void {
  return conversation.subscribe(({ activeId }, before) => {
    if (activeId === before.activeId || guard.getState().question === null) return;
    guard.getState().dismiss();
    notice.getState().say(strings.notice.elsewhere, 'bad');
  });
}

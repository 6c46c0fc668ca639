import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { ThreadSummary, WrapUp } from '../../../shared/domain/thread-summary.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

/** Something that was asked of main. */
export type Asked<T> =
  | { readonly kind: 'none' }
  | { readonly kind: 'working' }
  | { readonly kind: 'ready'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface ThreadSummaryState {
  /** Whose summary and note these are; null before the first. */
  readonly conversationId: string | null;
  readonly summary: Asked<ThreadSummary>;
  readonly wrapUp: Asked<WrapUp>;
  /** Asks for the summary of a conversation (again); what is known of another one goes. */
  readonly read: (conversationId: string) => Promise<void>;
  /** These conversations are not on this machine any more. */
  readonly forget: (conversationIds: readonly string[]) => void;
  /** Asks for the note for the record. */
  readonly writeNote: () => Promise<void>;
}

export type ThreadSummaryStore = StoreApi<ThreadSummaryState>;

/** Keeps the summary and the wrap-up note of one conversation: the one the rep asked for last. */
export function createThreadSummaryStore(bridge: AssistBridge): ThreadSummaryStore {
  return createStore<ThreadSummaryState>()((set, get) => ({
    conversationId: null,
    summary: { kind: 'none' },
    wrapUp: { kind: 'none' },
    async read(conversationId) {
      const isSame = get().conversationId === conversationId;
      set({
        conversationId,
        summary: { kind: 'working' },
        ...(isSame ? {} : { wrapUp: { kind: 'none' } }),
      });
      const result = await bridge.request('conversation.summary', { conversationId });
      if (get().conversationId !== conversationId) return;
      set({
        summary: result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', error: result.error },
      });
    },
    forget(conversationIds) {
      if (conversationIds.includes(get().conversationId ?? ''))
        set({ conversationId: null, summary: { kind: 'none' }, wrapUp: { kind: 'none' } });
    },
    async writeNote() {
      const { conversationId, wrapUp } = get();
      if (conversationId === null || wrapUp.kind === 'working') return;
      set({ wrapUp: { kind: 'working' } });
      const result = await bridge.request('conversation.wrap_up', { conversationId });
      if (get().conversationId !== conversationId) return;
      set({
        wrapUp: result.ok ? { kind: 'ready', value: result.value } : { kind: 'failed', error: result.error },
      });
    },
  }));
}

export const ThreadSummaryContext = createStoreContext<ThreadSummaryState>();

export const useThreadSummary = <T>(selector: (state: ThreadSummaryState) => T): T =>
  useSelected(ThreadSummaryContext, selector);

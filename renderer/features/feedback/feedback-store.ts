import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { Feedback, FeedbackAction } from '../../../shared/domain/feedback.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

const PAGE = 100;

/** The decisions, newest first, as far as they were asked for. */
export type FeedbackList =
  | { readonly kind: 'unread' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly items: readonly Feedback[]; readonly hasMore: boolean };

export interface FeedbackState {
  readonly list: FeedbackList;
  /** Reads the newest decisions. */
  readonly load: () => Promise<void>;
  /** Reads the next older page, if there is one. */
  readonly loadMore: () => Promise<void>;
  /** Stores a decision; gives the error when it could not be saved. */
  readonly submit: (runId: string, action: FeedbackAction, decisionMs: number) => Promise<AppError | null>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type FeedbackStore = StoreApi<FeedbackState>;

/** Hands the rep's decisions to main and lists the stored ones. */
export function createFeedbackStore(bridge: AssistBridge): FeedbackStore {
  return createStore<FeedbackState>()((set, get) => {
    let isLoadingMore = false;

    return {
      list: { kind: 'unread' },
      async load() {
        if (get().list.kind !== 'ready') set({ list: { kind: 'loading' } });
        const result = await bridge.request('feedback.list', { limit: PAGE, before: null });
        set({
          list: result.ok
            ? { kind: 'ready', items: result.value, hasMore: result.value.length === PAGE }
            : { kind: 'failed', error: result.error },
        });
      },
      async loadMore() {
        const { list } = get();
        if (list.kind !== 'ready' || !list.hasMore || isLoadingMore) return;
        isLoadingMore = true;
        const before = list.items.at(-1)?.createdAt ?? null;
        const result = await bridge.request('feedback.list', { limit: PAGE, before });
        isLoadingMore = false;
        const now = get().list;
        if (!result.ok || now.kind !== 'ready') return;
        const known = new Set(now.items.map(({ id }) => id));
        const older = result.value.filter(({ id }) => !known.has(id));
        set({
          list: { kind: 'ready', items: [...now.items, ...older], hasMore: result.value.length === PAGE },
        });
      },
      async submit(runId, action, decisionMs) {
        const result = await bridge.request('feedback.submit', { runId, action, decisionMs });
        return result.ok ? null : result.error;
      },
      connect: () =>
        bridge.on('feedback.recorded', ({ feedback }) => {
          const { list } = get();
          if (list.kind !== 'ready' || list.items.some(({ id }) => id === feedback.id)) return;
          set({ list: { ...list, items: [feedback, ...list.items] } });
        }),
    };
  });
}

export const FeedbackContext = createStoreContext<FeedbackState>();

export const useFeedback = <T>(selector: (state: FeedbackState) => T): T =>
  useSelected(FeedbackContext, selector);

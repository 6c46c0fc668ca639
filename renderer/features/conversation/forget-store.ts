import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge, RouteOutput } from '../../../shared/contracts/ipc/index.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export interface ForgetState {
  /** The conversation whose customer is asked about; null when nobody is. */
  readonly conversationId: string | null;
  /** What would go; null until main said. */
  readonly preview: RouteOutput<'conversation.forget_preview'> | null;
  readonly isBusy: boolean;
  readonly problem: AppError | null;
  /** Asks whether to forget the customer of a conversation; null takes the question away. */
  readonly ask: (conversationId: string | null) => Promise<void>;
  /** Forgets the one that is asked about. @returns how many conversations went; null where it failed. */
  readonly forget: () => Promise<number | null>;
}

export type ForgetStore = StoreApi<ForgetState>;

const NOTHING = { conversationId: null, preview: null, isBusy: false, problem: null } as const;

/** Keeps the question whether a customer is to be forgotten; main forgets. */
export function createForgetStore(bridge: AssistBridge): ForgetStore {
  return createStore<ForgetState>()((set, get) => ({
    ...NOTHING,
    async ask(conversationId) {
      set({ ...NOTHING, conversationId });
      if (conversationId === null) return;
      const answer = await bridge.request('conversation.forget_preview', { conversationId });
      if (get().conversationId === conversationId)
        set(answer.ok ? { preview: answer.value } : { problem: answer.error });
    },
    async forget() {
      const { conversationId, preview, isBusy } = get();
      if (conversationId === null || preview === null || isBusy) return null;
      set({ isBusy: true, problem: null });
      const answer = await bridge.request('conversation.forget', { conversationId });
      if (!answer.ok) {
        set({ isBusy: false, problem: answer.error });
        return null;
      }
      set(NOTHING);
      return answer.value.conversations;
    },
  }));
}

export const ForgetContext = createStoreContext<ForgetState>();
export const useForget = <T>(selector: (state: ForgetState) => T): T => useSelected(ForgetContext, selector);

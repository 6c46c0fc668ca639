import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

/** Why no conversation was opened yet. */
export type GoToOutcome =
  | { readonly kind: 'none' | 'looking' | 'empty' | 'nothing' }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface GoToState {
  readonly text: string;
  readonly outcome: GoToOutcome;
  readonly type: (text: string) => void;
  /** Gives the id of the conversation that the text stands for; null after saying why there is none. */
  readonly find: () => Promise<string | null>;
  readonly leave: () => void;
  /** Follows links and the key for the clipboard; returns the function that stops. */
  readonly connect: (onAsked: () => void) => () => void;
}

export type GoToStore = StoreApi<GoToState>;

/** Finds the conversation a pasted address or number stands for. */
export function createGoToStore(bridge: AssistBridge): GoToStore {
  return createStore<GoToState>()((set, get) => ({
    text: '',
    outcome: { kind: 'none' },
    type: (text) => set({ text, outcome: { kind: 'none' } }),
    async find() {
      const { text, outcome } = get();
      if (outcome.kind === 'looking') return null;
      if (text.trim() === '') {
        set({ outcome: { kind: 'empty' } });
        return null;
      }
      set({ outcome: { kind: 'looking' } });
      const result = await bridge.request('helpdesk.find', { text });
      // The rep wrote something else meanwhile, or closed it.
      if (get().text !== text || get().outcome.kind !== 'looking') return null;
      if (!result.ok) set({ outcome: { kind: 'failed', error: result.error } });
      else if (result.value.conversationId === null) set({ outcome: { kind: 'nothing' } });
      else {
        set({ text: '', outcome: { kind: 'none' } });
        return result.value.conversationId;
      }
      return null;
    },
    leave: () => set({ text: '', outcome: { kind: 'none' } }),
    connect: (onAsked) =>
      bridge.on('helpdesk.asked', ({ text }) => {
        set({ text: text.trim(), outcome: { kind: 'none' } });
        onAsked();
      }),
  }));
}

export const GoToContext = createStoreContext<GoToState>();

export const useGoTo = <T>(selector: (state: GoToState) => T): T => useSelected(GoToContext, selector);

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
  /** Opens the text itself as a conversation and gives its id; null after saying why not. */
  readonly paste: () => Promise<string | null>;
  readonly leave: () => void;
  /** Follows links and the key for the clipboard; returns the function that stops. */
  readonly connect: (onAsked: () => void) => () => void;
}

export type GoToStore = StoreApi<GoToState>;

const MAX_ADDRESS = 4_000;
/** What the helpdesks' subject tags and numbers look like; an address never does. */
const NUMBER = /^[\s[#]*[^/\n]*\d+\s*\]?\s*$/u;
const ADDRESS = /^\s*[a-z][a-z0-9+.-]*:\/\/\S*\s*$/iu;

export const isNumber = (text: string): boolean => text.length < 80 && NUMBER.test(text);

/** Whether a text that stands for no conversation may be one itself: neither an address nor a number. */
export const isThread = (text: string): boolean =>
  text.trim() !== '' && !ADDRESS.test(text) && (text.trim().includes('\n') || !isNumber(text));

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
      // A thread is no address, and may say things that are nobody's business.
      if (text.length > MAX_ADDRESS || text.trim().includes('\n')) {
        set({ outcome: { kind: 'nothing' } });
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
    async paste() {
      const { text, outcome } = get();
      if (outcome.kind === 'looking' || text.trim() === '') return null;
      set({ outcome: { kind: 'looking' } });
      const result = await bridge.request('helpdesk.paste', { text });
      if (get().text !== text || get().outcome.kind !== 'looking') return null;
      if (!result.ok) {
        set({ outcome: { kind: 'failed', error: result.error } });
        return null;
      }
      set({ text: '', outcome: { kind: 'none' } });
      return result.value.conversationId;
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

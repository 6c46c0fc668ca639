import { createStore, type StoreApi } from 'zustand/vanilla';

import { createStoreContext, useSelected } from '../bridge/store-context.js';

/** Internal text on its way out of the knowledge, held until the rep says so a second time. */
export interface GuardQuestion {
  readonly how: 'insert' | 'copy';
  /** Titles of the internal articles the text comes from. */
  readonly titles: readonly string[];
}

export interface GuardState {
  readonly question: GuardQuestion | null;
  /** Holds `proceed` back until the rep confirms; a newer question takes the place of an older one. */
  readonly hold: (question: GuardQuestion, proceed: () => void) => void;
  readonly confirm: () => void;
  readonly dismiss: () => void;
}

export type GuardStore = StoreApi<GuardState>;

/** Stands between internal knowledge and what a customer may read. */
export function createGuardStore(): GuardStore {
  let held: () => void = () => undefined;
  return createStore<GuardState>()((set, get) => ({
    question: null,
    hold(question, proceed) {
      held = proceed;
      set({ question });
    },
    confirm() {
      if (!get().question) return;
      set({ question: null });
      held();
    },
    dismiss: () => set({ question: null }),
  }));
}

export const GuardContext = createStoreContext<GuardState>();

export const useGuard = <T>(selector: (state: GuardState) => T): T => useSelected(GuardContext, selector);

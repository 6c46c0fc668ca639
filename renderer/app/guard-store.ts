import { createStore, type StoreApi } from 'zustand/vanilla';

import { createStoreContext, useSelected } from '../bridge/store-context.js';
import type { Judged } from '../features/suggestion/findings.js';

/** Something on its way to a customer that is held until the rep has seen it and chosen. */
export type GuardQuestion =
  /** Internal text; `titles` of the articles it comes from. */
  | { readonly kind: 'internal'; readonly how: 'insert' | 'copy'; readonly titles: readonly string[] }
  /** Sentences that nothing supports or a rule forbids. */
  | { readonly kind: 'unsupported'; readonly how: 'insert' | 'copy'; readonly sentences: readonly Judged[] };

/** What the rep may choose: let it through, let it through without the sentences named, or change them first. */
export type GuardChoice = 'proceed' | 'without' | 'edit';

export interface GuardState {
  readonly question: GuardQuestion | null;
  /** Holds `proceed` back until the rep chooses; a newer question takes the place of an older one. */
  readonly hold: (question: GuardQuestion, proceed: (choice: GuardChoice) => void) => void;
  readonly choose: (choice: GuardChoice) => void;
  readonly dismiss: () => void;
}

export type GuardStore = StoreApi<GuardState>;

/** Stands between the card and what a customer may read. */
export function createGuardStore(): GuardStore {
  let held: (choice: GuardChoice) => void = () => undefined;
  return createStore<GuardState>()((set, get) => ({
    question: null,
    hold(question, proceed) {
      held = proceed;
      set({ question });
    },
    choose(choice) {
      if (!get().question) return;
      set({ question: null });
      held(choice);
    },
    dismiss: () => set({ question: null }),
  }));
}

export const GuardContext = createStoreContext<GuardState>();

export const useGuard = <T>(selector: (state: GuardState) => T): T => useSelected(GuardContext, selector);

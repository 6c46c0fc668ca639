import { createStore, type StoreApi } from 'zustand/vanilla';

import { createStoreContext, useSelected } from '../bridge/store-context.js';

/** What lies over the page; one at a time. */
export type Panel =
  | 'none'
  | 'help'
  | 'decisions'
  | 'knowledge'
  | 'settings'
  | 'reject'
  | 'inbox'
  | 'conversation'
  | 'summary'
  | 'team'
  | 'lead'
  | 'ledger'
  | 'helpdesks'
  | 'business'
  | 'goTo';

export interface PanelState {
  readonly panel: Panel;
  readonly open: (panel: Panel) => void;
  readonly close: () => void;
}

export type PanelStore = StoreApi<PanelState>;

export function createPanelStore(): PanelStore {
  return createStore<PanelState>()((set) => ({
    panel: 'none',
    open: (panel) => set({ panel }),
    close: () => set({ panel: 'none' }),
  }));
}

export const PanelContext = createStoreContext<PanelState>();

export const usePanel = <T>(selector: (state: PanelState) => T): T => useSelected(PanelContext, selector);

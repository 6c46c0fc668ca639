import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { InsertOutcome, ViewState as View } from '../../../shared/contracts/ipc/view.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ViewStoreState {
  readonly view: View;
  readonly open: (connectionId: string, url: string | null) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly place: (place: Place | null) => void;
  readonly allow: (origin: string) => Promise<void>;
  /** The page may go nowhere else any more. */
  readonly forgetAllowed: () => Promise<void>;
  /** Gives the keyboard to the page. */
  readonly focus: () => void;
  readonly back: () => void;
  readonly reload: () => void;
  /**
   * Puts the reply to a conversation where the page has the focus, unless that is no text field, holds one of `unlessHeld`, or the page shows
   * another conversation.
   */
  readonly insert: (
    conversationId: string,
    text: string,
    unlessHeld: readonly string[],
  ) => Promise<InsertOutcome>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type ViewStore = StoreApi<ViewStoreState>;

const CLOSED: View = {
  connectionId: null,
  url: '',
  isLoading: false,
  blocked: null,
  problem: '',
  allowed: [],
};

/** The helpdesk's web app beside the card; main owns it. */
export function createViewStore(bridge: AssistBridge): ViewStore {
  return createStore<ViewStoreState>()((set) => ({
    view: CLOSED,
    async open(connectionId, url) {
      const result = await bridge.request('view.open', { connectionId, url });
      if (result.ok) set({ view: result.value });
    },
    async close() {
      const result = await bridge.request('view.close', undefined);
      if (result.ok) set({ view: result.value });
    },
    place: (place) => void bridge.request('view.place', { place }),
    async allow(origin) {
      const result = await bridge.request('view.allow', { origin });
      if (result.ok) set({ view: result.value });
    },
    async forgetAllowed() {
      const result = await bridge.request('view.forget_allowed', undefined);
      if (result.ok) set({ view: result.value });
    },
    focus: () => void bridge.request('view.focus', undefined),
    back: () => void bridge.request('view.back', undefined),
    reload: () => void bridge.request('view.reload', undefined),
    async insert(conversationId, text, unlessHeld) {
      const result = await bridge.request('view.insert', {
        ...{ conversationId, text, unlessHeld: [...unlessHeld] },
      });
      return result.ok ? result.value.how : 'no_editor';
    },
    connect: () => bridge.on('view.changed', ({ state }) => set({ view: state })),
  }));
}

export const ViewContext = createStoreContext<ViewStoreState>();
export const useView = <T>(selector: (state: ViewStoreState) => T): T => useSelected(ViewContext, selector);

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { ActiveState } from '../../../shared/contracts/ipc/active.js';
import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export interface ActiveStoreState {
  readonly state: ActiveState;
  /** When the rep chose a conversation in the window itself, in milliseconds since the epoch; 0 before. */
  readonly choseHereAt: number;
  readonly load: () => Promise<void>;
  /** Follows pages, or leaves the rep where they are. */
  readonly follow: (isOn: boolean) => Promise<void>;
  /** The rep chose a conversation here. */
  readonly choseHere: () => void;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type ActiveStore = StoreApi<ActiveStoreState>;

/** Where the rep is, as main knows it, and whether they went elsewhere by themselves since. */
export function createActiveStore(bridge: AssistBridge, now: () => number): ActiveStore {
  return createStore<ActiveStoreState>()((set) => ({
    state: { isFollowing: true, active: null },
    choseHereAt: 0,
    async load() {
      const result = await bridge.request('active.read', undefined);
      if (result.ok) set({ state: result.value });
    },
    async follow(isOn) {
      const result = await bridge.request('active.follow', { isOn });
      if (result.ok) set({ state: result.value });
    },
    choseHere: () => set({ choseHereAt: now() }),
    connect: () => bridge.on('active.changed', ({ state }) => set({ state })),
  }));
}

export const ActiveContext = createStoreContext<ActiveStoreState>();
export const useActive = <T>(selector: (state: ActiveStoreState) => T): T =>
  useSelected(ActiveContext, selector);

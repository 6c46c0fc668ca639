import { createStore, type StoreApi } from 'zustand/vanilla';

import type { ExtensionView } from '../../../shared/contracts/ipc/extension.js';
import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export interface ExtensionState {
  readonly view: ExtensionView;
  /** What came of the last thing the rep did here. */
  readonly done: 'nothing' | 'copied' | 'not_copied' | 'forgotten';
  readonly load: () => Promise<void>;
  /** Puts the pairing code onto the clipboard. */
  readonly copyCode: () => Promise<void>;
  readonly forget: () => Promise<void>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type ExtensionStore = StoreApi<ExtensionState>;

const OFF: ExtensionView = { state: 'off', origin: null, heardAt: null, hasMoved: false, isTokenKept: true };

/** The connection with the browser extension; main owns it, and its secret. */
export function createExtensionStore(bridge: AssistBridge): ExtensionStore {
  return createStore<ExtensionState>()((set) => ({
    view: OFF,
    done: 'nothing',
    async load() {
      const result = await bridge.request('extension.read', undefined);
      if (result.ok) set({ view: result.value, done: 'nothing' });
    },
    async copyCode() {
      const result = await bridge.request('extension.copy_code', undefined);
      set({ done: result.ok && result.value.isCopied ? 'copied' : 'not_copied' });
    },
    async forget() {
      const result = await bridge.request('extension.forget', undefined);
      if (result.ok) set({ view: result.value, done: 'forgotten' });
    },
    connect: () => bridge.on('extension.changed', ({ view }) => set({ view, done: 'nothing' })),
  }));
}

export const ExtensionContext = createStoreContext<ExtensionState>();
export const useExtension = <T>(selector: (state: ExtensionState) => T): T =>
  useSelected(ExtensionContext, selector);

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge, RouteOutput } from '../../../shared/contracts/ipc/index.js';
import type { Settings } from '../../../shared/contracts/ipc/settings.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export type About = RouteOutput<'settings.about'>;

export interface SettingsState {
  /** Until main answers: follow the system. */
  readonly settings: Settings;
  readonly about: About | null;
  readonly load: () => Promise<void>;
  /** Changes some settings; gives the error when main could not save them. */
  readonly update: (change: Partial<Settings>) => Promise<AppError | null>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type SettingsStore = StoreApi<SettingsState>;

/** Keeps what the rep set; main owns the truth and tells of every change. */
export function createSettingsStore(bridge: AssistBridge): SettingsStore {
  return createStore<SettingsState>()((set) => ({
    settings: {
      theme: 'system',
      layout: 'full',
      alwaysOnTop: false,
      clipboardShortcut: true,
      browserExtension: false,
      cardShare: 35,
      keptDays: 30,
    },
    about: null,
    async load() {
      const [settings, about] = await Promise.all([
        bridge.request('settings.read', undefined),
        bridge.request('settings.about', undefined),
      ]);
      if (settings.ok) set({ settings: settings.value });
      if (about.ok) set({ about: about.value });
    },
    async update(change) {
      const result = await bridge.request('settings.update', change);
      if (!result.ok) return result.error;
      set({ settings: result.value });
      return null;
    },
    connect: () => bridge.on('settings.changed', ({ settings }) => set({ settings })),
  }));
}

export const SettingsContext = createStoreContext<SettingsState>();

export const useSettings = <T>(selector: (state: SettingsState) => T): T =>
  useSelected(SettingsContext, selector);

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { LedgerFilter, PrivacyView } from '../../../shared/contracts/ipc/privacy.js';
import type { EgressDetail, EgressEntry, EgressToday } from '../../../shared/domain/egress-entry.js';
import type { PrivacySettings } from '../../../shared/domain/personal-data.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export type LedgerTab = 'requests' | 'settings';

/** The request that is looked at. */
export type Chosen =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly error: AppError }
  | { readonly kind: 'ready'; readonly id: number; readonly detail: EgressDetail };

export interface LedgerState {
  readonly tab: LedgerTab;
  /** For the status bar; null before main has told. */
  readonly today: EgressToday | null;
  /** Null before it was read. */
  readonly view: PrivacyView | null;
  readonly entries: readonly EgressEntry[] | null;
  readonly hasMore: boolean;
  readonly filter: LedgerFilter;
  readonly chosen: Chosen;
  readonly problem: AppError | null;
  readonly show: (tab: LedgerTab) => void;
  readonly load: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  readonly narrow: (change: LedgerFilter) => Promise<void>;
  readonly choose: (id: number | null) => Promise<void>;
  /** Chooses the next or the one before in the list. */
  readonly move: (step: 1 | -1) => Promise<void>;
  readonly change: (change: Partial<PrivacySettings>) => Promise<boolean>;
  /** Gives how many requests were forgotten; null when that failed. */
  readonly forget: (conversationId: string) => Promise<number | null>;
  /** Null when nothing was written. */
  readonly exportAll: () => Promise<{ readonly path: string; readonly entries: number } | null>;
  readonly connect: () => () => void;
}

export type LedgerStore = StoreApi<LedgerState>;

/** As main sends them. */
const PAGE = 100;

/** Keeps what the rep looks at; main owns ledger and settings and tells when something left. */
export function createLedgerStore(bridge: AssistBridge): LedgerStore {
  return createStore<LedgerState>()((set, get) => {
    let newest = 0;
    const readView = async (): Promise<void> => {
      const result = await bridge.request('privacy.read', undefined);
      if (result.ok) set({ view: result.value, today: result.value.today });
      else set({ problem: result.error });
    };
    const readList = async (): Promise<void> => {
      newest += 1;
      const own = newest;
      const result = await bridge.request('privacy.list', { filter: get().filter, before: null });
      if (own !== newest) return;
      if (!result.ok) return set({ problem: result.error });
      const before = get().entries ?? [];
      const oldest = result.value.at(-1)?.id ?? 0;
      // What was loaded below the first page stays, or the list would jump under whoever scrolls it.
      const older = result.value.length < PAGE ? [] : before.filter(({ id }) => id < oldest);
      set({
        entries: [...result.value, ...older],
        hasMore: older.length > 0 ? get().hasMore : result.value.length === PAGE,
        problem: null,
      });
    };
    return {
      ...{ tab: 'requests', today: null, view: null, entries: null, hasMore: false },
      ...{ filter: {}, chosen: { kind: 'none' }, problem: null },
      show: (tab) => set({ tab, problem: null }),
      async load() {
        await Promise.all([readView(), readList()]);
      },
      async loadMore() {
        const { entries, filter, hasMore } = get();
        const last = entries?.at(-1)?.id;
        if (!hasMore || last === undefined) return;
        set({ hasMore: false });
        const result = await bridge.request('privacy.list', { filter, before: last });
        if (!result.ok || filter !== get().filter) return;
        set({ entries: [...(get().entries ?? []), ...result.value], hasMore: result.value.length === PAGE });
      },
      async narrow(change) {
        const filter = Object.fromEntries(
          Object.entries({ ...get().filter, ...change }).filter(([, value]) => value !== undefined),
        ) as LedgerFilter;
        set({ filter, entries: null, hasMore: false, chosen: { kind: 'none' } });
        await readList();
      },
      async choose(id) {
        if (id === null) return set({ chosen: { kind: 'none' } });
        set({ chosen: { kind: 'loading', id } });
        const result = await bridge.request('privacy.detail', { id });
        const { chosen } = get();
        if (chosen.kind === 'none' || chosen.id !== id) return;
        set({
          chosen: result.ok
            ? { kind: 'ready', id, detail: result.value }
            : { kind: 'failed', id, error: result.error },
        });
      },
      async move(step) {
        const { entries, chosen } = get();
        if (!entries || entries.length === 0) return;
        const at = chosen.kind === 'none' ? -1 : entries.findIndex(({ id }) => id === chosen.id);
        const next = entries[Math.min(entries.length - 1, Math.max(0, at + step))];
        if (next) await get().choose(next.id);
      },
      async change(change) {
        const result = await bridge.request('privacy.change', change);
        if (!result.ok) {
          set({ problem: result.error });
          return false;
        }
        set({ view: result.value, today: result.value.today, problem: null });
        return true;
      },
      async forget(conversationId) {
        const result = await bridge.request('privacy.forget', { conversationId });
        if (!result.ok) {
          set({ problem: result.error });
          return null;
        }
        set({
          chosen: { kind: 'none' },
          filter: { ...get().filter, conversationId: undefined },
          entries: null,
        });
        await get().load();
        return result.value.removed;
      },
      async exportAll() {
        const result = await bridge.request('privacy.export', undefined);
        if (result.ok) return result.value;
        set({ problem: result.error });
        return null;
      },
      connect() {
        void readView();
        let timer: ReturnType<typeof setTimeout> | undefined;
        const stop = bridge.on('privacy.changed', ({ today }) => {
          set({ today });
          if (get().entries === null) return;
          clearTimeout(timer);
          timer = setTimeout(() => void get().load(), SETTLE_MS);
        });
        return () => {
          clearTimeout(timer);
          stop();
        };
      },
    };
  });
}

/** Requests that come close together are read at once. */
const SETTLE_MS = 200;

export const LedgerContext = createStoreContext<LedgerState>();

export const useLedger = <T>(selector: (state: LedgerState) => T): T => useSelected(LedgerContext, selector);

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { ReleaseChange } from '../../../shared/contracts/hub/releases.js';
import type { AssistBridge, RouteOutput } from '../../../shared/contracts/ipc/index.js';
import type { ReleaseManifest } from '../../../shared/domain/release.js';
import type { Rollout } from '../../../shared/domain/rollout.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createLoader, type Loaded } from './loaded.js';

export type RolloutNow = RouteOutput<'lead.rollout'>;

export interface ReleasesState {
  readonly list: Loaded<readonly ReleaseManifest[]>;
  readonly hasMore: boolean;
  /** The release that is looked at, and the one it is compared with; 0 is nothing at all. */
  readonly shown: number | null;
  readonly from: number;
  readonly changes: Loaded<readonly ReleaseChange[]>;
  readonly rollout: Loaded<RolloutNow>;
  readonly busy: boolean;
  /** What the last change came to. */
  readonly outcome: ReleaseOutcome;
  readonly load: () => Promise<void>;
  readonly loadMore: () => Promise<void>;
  readonly show: (number: number | null) => void;
  readonly compareWith: (from: number) => void;
  readonly restore: (number: number, notes: string) => Promise<void>;
  /** Gives the team other releases, from the state that is shown. */
  readonly changeRollout: (rollout: Rollout) => Promise<void>;
}

export type ReleaseOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'restored'; readonly number: number; readonly restores: number }
  | { readonly kind: 'changed' }
  /** Somebody else changed it meanwhile; what is shown is the newest. */
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'failed'; readonly error: AppError };

export type ReleasesStore = StoreApi<ReleasesState>;

const PAGE = 50;

/** The releases, what differs between them, and who runs which. */
export function createReleasesStore(bridge: AssistBridge): ReleasesStore {
  return createStore<ReleasesState>()((set, get) => {
    const loadList = createLoader(
      () => get().list,
      (list) => set({ list, ...(list.kind === 'ready' && { hasMore: list.value.length === PAGE }) }),
      () => bridge.request('lead.releases', { before: null }),
    );
    const loadRollout = createLoader(
      () => get().rollout,
      (rollout) => set({ rollout }),
      () => bridge.request('lead.rollout', undefined),
    );
    const loadChanges = createLoader(
      () => get().changes,
      (changes) => set({ changes }),
      () => bridge.request('lead.compare', { from: get().from, to: get().shown ?? 1 }),
    );
    const compare = (shown: number, from: number): void => {
      set({ shown, from, changes: { kind: 'loading' } });
      void loadChanges();
    };
    return {
      list: { kind: 'unread' },
      ...{ hasMore: false, shown: null, from: 0, busy: false },
      changes: { kind: 'unread' },
      rollout: { kind: 'unread' },
      outcome: { kind: 'none' },
      async load() {
        await Promise.all([loadList(), loadRollout()]);
      },
      async loadMore() {
        const { list } = get();
        const oldest = list.kind === 'ready' ? list.value.at(-1)?.number : undefined;
        if (list.kind !== 'ready' || oldest === undefined) return;
        const answer = await bridge.request('lead.releases', { before: oldest });
        if (!answer.ok) return set({ list: { ...list, problem: answer.error } });
        const value = [...list.value, ...answer.value];
        set({ list: { ...list, value }, hasMore: answer.value.length === PAGE });
      },
      show(shown) {
        set({ outcome: { kind: 'none' } });
        if (shown === null) set({ shown });
        else compare(shown, shown - 1);
      },
      compareWith(from) {
        const { shown } = get();
        if (shown !== null) compare(shown, from);
      },
      async restore(number, notes) {
        if (get().busy) return;
        set({ busy: true, outcome: { kind: 'none' } });
        const answer = await bridge.request('lead.restore', { number, notes });
        set({
          busy: false,
          outcome: answer.ok
            ? { kind: 'restored', number: answer.value.number, restores: number }
            : { kind: 'failed', error: answer.error },
        });
        await get().load();
      },
      async changeRollout(rollout) {
        const before = get().rollout;
        if (before.kind !== 'ready' || get().busy) return;
        set({ busy: true, outcome: { kind: 'none' } });
        const expectedRevision = before.value.revision;
        const answer = await bridge.request('lead.change_rollout', { expectedRevision, rollout });
        set({ busy: false });
        if (!answer.ok) return set({ outcome: { kind: 'failed', error: answer.error } });
        set({
          rollout: { ...before, value: { ...before.value, ...answer.value.state } },
          outcome: { kind: answer.value.isChanged ? 'changed' : 'overtaken' },
        });
      },
    };
  });
}

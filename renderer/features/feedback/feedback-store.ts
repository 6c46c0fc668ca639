import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge, RouteOutput, RouteResult } from '../../../shared/contracts/ipc/index.js';
import type { FeedbackAction } from '../../../shared/domain/feedback.js';
import type { Decision, OutboxStatus } from '../../../shared/domain/feedback-delivery.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

const PAGE = 100;

/** The decisions, newest first, as far as they were asked for. */
export type FeedbackList =
  | { readonly kind: 'unread' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly items: readonly Decision[]; readonly hasMore: boolean };

export interface FeedbackState {
  readonly list: FeedbackList;
  /** Whether only what the hub did not take is listed. */
  readonly isRefusedOnly: boolean;
  /** What waits for the team; null until main told. */
  readonly outbox: OutboxStatus | null;
  /** The last export of refused decisions since the window opened. */
  readonly exported: NonNullable<RouteOutput<'feedback.export_refused'>> | null;
  /** Why the last thing the rep asked of the outbox failed. */
  readonly problem: AppError | null;
  /** Reads the newest decisions and what waits. */
  readonly load: () => Promise<void>;
  /** Reads the next older page, if there is one. */
  readonly loadMore: () => Promise<void>;
  /** Stores a decision; gives the error when it could not be saved. */
  readonly submit: (runId: string, action: FeedbackAction, decisionMs: number) => Promise<AppError | null>;
  /** Sends what waits now. */
  readonly retry: () => Promise<void>;
  /** Lists only what the hub did not take, or everything again. */
  readonly showRefused: (isRefusedOnly: boolean) => Promise<void>;
  /** Lets what was refused wait again, and lists everything. */
  readonly retryRefused: () => Promise<void>;
  /** Writes what was refused into a file the rep chooses. */
  readonly exportRefused: () => Promise<void>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type FeedbackStore = StoreApi<FeedbackState>;

/** Hands the rep's decisions to main and lists the stored ones, with their way to the team. */
export function createFeedbackStore(bridge: AssistBridge): FeedbackStore {
  return createStore<FeedbackState>()((set, get) => {
    /** Rises with every list that is begun: what was asked for an earlier one is not shown any more. */
    let generation = 0;
    let loadingMoreOf: number | null = null;
    /** What main told while pages were on their way: newer than what they say. */
    const underWay = new Set<Told>();

    const readPage = async (before: number | null): Promise<RouteResult<'feedback.list'>> => {
      const told: Told = { recorded: [], changed: new Map() };
      underWay.add(told);
      const isRefused = get().isRefusedOnly;
      const result = await bridge.request('feedback.list', { limit: PAGE, before, isRefused });
      underWay.delete(told);
      if (!result.ok) return result;
      const isNewest = before === null && !isRefused;
      const known = isNewest ? withNew(result.value, told.recorded) : result.value;
      return { ok: true, value: renewed(known, told.changed) };
    };
    const readOutbox = async (name: 'feedback.outbox' | 'feedback.retry' | 'feedback.retry_refused') => {
      const result = await bridge.request(name, undefined);
      set(result.ok ? { outbox: result.value, problem: null } : { problem: result.error });
    };

    return {
      list: { kind: 'unread' },
      isRefusedOnly: false,
      outbox: null,
      exported: null,
      problem: null,
      async load() {
        const own = ++generation;
        if (get().list.kind !== 'ready') set({ list: { kind: 'loading' } });
        void readOutbox('feedback.outbox');
        const result = await readPage(null);
        if (own !== generation) return;
        set({
          list: result.ok
            ? { kind: 'ready', items: result.value, hasMore: result.value.length >= PAGE }
            : { kind: 'failed', error: result.error },
        });
      },
      async loadMore() {
        const { list } = get();
        const own = generation;
        if (list.kind !== 'ready' || !list.hasMore || loadingMoreOf === own) return;
        loadingMoreOf = own;
        const result = await readPage(list.items.at(-1)?.sequence ?? null);
        if (own !== generation) return;
        loadingMoreOf = null;
        const now = get().list;
        if (!result.ok || now.kind !== 'ready') return;
        const known = new Set(now.items.map(({ id }) => id));
        const older = result.value.filter(({ id }) => !known.has(id));
        set({
          list: { kind: 'ready', items: [...now.items, ...older], hasMore: result.value.length === PAGE },
        });
      },
      async submit(runId, action, decisionMs) {
        const result = await bridge.request('feedback.submit', { runId, action, decisionMs });
        return result.ok ? null : result.error;
      },
      retry: () => readOutbox('feedback.retry'),
      async showRefused(isRefusedOnly) {
        set({ isRefusedOnly });
        await get().load();
      },
      async retryRefused() {
        await readOutbox('feedback.retry_refused');
        if (get().isRefusedOnly) await get().showRefused(false);
      },
      async exportRefused() {
        const result = await bridge.request('feedback.export_refused', undefined);
        if (!result.ok) set({ problem: result.error });
        else if (result.value) set({ exported: result.value, problem: null });
      },
      connect() {
        const stops = [
          bridge.on('feedback.recorded', ({ decision }) => {
            for (const told of underWay) told.recorded.push(decision);
            const { list, isRefusedOnly } = get();
            if (list.kind !== 'ready' || isRefusedOnly) return;
            set({ list: { ...list, items: withNew(list.items, [decision]) } });
          }),
          bridge.on('feedback.decisions_changed', ({ decisions }) => {
            const changed = new Map(decisions.map((decision) => [decision.id, decision]));
            for (const told of underWay) changed.forEach((decision, id) => told.changed.set(id, decision));
            const { list } = get();
            if (list.kind === 'ready') set({ list: { ...list, items: renewed(list.items, changed) } });
          }),
          bridge.on('feedback.outbox_changed', ({ status }) => set({ outbox: status })),
        ];
        return () => stops.forEach((stop) => stop());
      },
    };
  });
}

/** Told between the question for a page and its answer. */
interface Told {
  /** In the order they were made. */
  readonly recorded: Decision[];
  readonly changed: Map<string, Decision>;
}

/** Puts those on top that are not there yet. */
function withNew(items: readonly Decision[], recorded: readonly Decision[]): Decision[] {
  const known = new Set(items.map(({ id }) => id));
  return [...recorded.filter(({ id }) => !known.has(id)).reverse(), ...items];
}

const renewed = (items: readonly Decision[], by: ReadonlyMap<string, Decision>): Decision[] =>
  items.map((item) => by.get(item.id) ?? item);

export const FeedbackContext = createStoreContext<FeedbackState>();

export const useFeedback = <T>(selector: (state: FeedbackState) => T): T =>
  useSelected(FeedbackContext, selector);

import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge, EventPayload, RouteInput } from '../../../shared/contracts/ipc/index.js';
import type {
  ImportActivity,
  ImportReport,
  KnowledgeSource,
} from '../../../shared/domain/knowledge-source.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export type NewSource = RouteInput<'knowledge.add_source'>;

/** The sources as far as the window has them. */
export type SourceList =
  | { readonly kind: 'unread' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly sources: readonly KnowledgeSource[] };

/** An import that ended. */
export type FinishedImport = EventPayload<'knowledge.import_finished'>;

export interface SourcesState {
  readonly list: SourceList;
  readonly activity: ImportActivity;
  /** Of the last import that ran to its end; null before the first. */
  readonly report: ImportReport | null;
  /** The last import that ended since the window opened; null before the first. */
  readonly finished: FinishedImport | null;
  /** Files or a folder the rep chose and has not added yet. */
  readonly chosen: readonly string[];
  /** Why the last thing the rep asked for was refused. */
  readonly problem: AppError | null;
  readonly load: () => Promise<void>;
  readonly choose: (kind: 'folder' | 'files') => Promise<void>;
  readonly forgetChosen: () => void;
  /** Starts an import of what was chosen; each path is a source of its own. */
  readonly addChosen: (how: Omit<NewSource, 'path'>) => Promise<void>;
  readonly setWatched: (sourceId: string, isWatched: boolean) => Promise<void>;
  readonly sync: (sourceId: string | null) => Promise<void>;
  readonly remove: (sourceId: string) => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type SourcesStore = StoreApi<SourcesState>;

/** Keeps where the knowledge comes from and what the import is doing; main owns both. */
export function createSourcesStore(bridge: AssistBridge): SourcesStore {
  return createStore<SourcesState>()((set, get) => {
    const putSources = (sources: readonly KnowledgeSource[]): void =>
      set({ list: { kind: 'ready', sources } });
    /** Asks main for something that answers nothing; what it refuses is shown. */
    const order = async (result: ReturnType<AssistBridge['request']>): Promise<boolean> => {
      const answer = await result;
      set({ problem: answer.ok ? null : answer.error });
      return answer.ok;
    };
    return {
      list: { kind: 'unread' },
      activity: { state: 'resting' },
      report: null,
      finished: null,
      chosen: [],
      problem: null,
      async load() {
        const before = get();
        const result = await bridge.request('knowledge.sources', undefined);
        if (!result.ok) return set({ list: { kind: 'failed', error: result.error } });
        const { sources, activity, report } = result.value;
        // What was told meanwhile is newer than this answer.
        if (get().list === before.list) putSources(sources);
        if (get().activity === before.activity) set({ activity });
        if (get().report === before.report) set({ report });
      },
      async choose(kind) {
        const result = await bridge.request('knowledge.choose_source', { kind });
        if (!result.ok) return set({ problem: result.error });
        if (result.value.length > 0) set({ chosen: result.value, problem: null });
      },
      forgetChosen: () => set({ chosen: [] }),
      async addChosen(how) {
        // What was refused stays chosen, so that nothing has to be looked for again.
        for (const path of get().chosen) {
          if (!(await order(bridge.request('knowledge.add_source', { path, ...how })))) return;
          set({ chosen: get().chosen.filter((other) => other !== path) });
        }
      },
      async setWatched(sourceId, isWatched) {
        await order(bridge.request('knowledge.update_source', { sourceId, isWatched }));
      },
      async sync(sourceId) {
        await order(bridge.request('knowledge.sync_sources', { sourceId }));
      },
      async remove(sourceId) {
        await order(bridge.request('knowledge.remove_source', { sourceId }));
      },
      async stop() {
        await order(bridge.request('knowledge.cancel_import', undefined));
      },
      connect() {
        const stops = [
          bridge.on('knowledge.import_progress', ({ activity }) => set({ activity })),
          bridge.on('knowledge.import_finished', (finished) =>
            set({
              finished,
              ...(finished.outcome.kind === 'done' ? { report: finished.outcome.report } : {}),
            }),
          ),
          bridge.on('knowledge.sources_changed', ({ sources }) => putSources(sources)),
        ];
        return () => stops.forEach((stop) => stop());
      },
    };
  });
}

export const SourcesContext = createStoreContext<SourcesState>();

export const useSources = <T>(selector: (state: SourcesState) => T): T =>
  useSelected(SourcesContext, selector);

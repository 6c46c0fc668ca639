import { createStore, type StoreApi } from 'zustand/vanilla';

import type { EmbedderView } from '../../../shared/contracts/ipc/embedder.js';
import type { AssistBridge, RouteInput } from '../../../shared/contracts/ipc/index.js';
import type { EmbedderTrial } from '../../../shared/domain/embedder-settings.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';
import {
  draftOf,
  emptyFields,
  fieldsOf,
  type FieldProblem,
  type ModelFields,
} from './search-model-fields.js';

/** What became of the last test or change. */
export type ModelOutcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'field'; readonly problem: FieldProblem }
  | { readonly kind: 'tried'; readonly trial: EmbedderTrial }
  | { readonly kind: 'applied' }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface SearchModelState {
  /** What is chosen; null before it was read. */
  readonly view: EmbedderView | null;
  readonly fields: ModelFields;
  /** Whether the fields differ from what is chosen because the rep changed them. */
  readonly isEdited: boolean;
  readonly busy: 'no' | 'testing' | 'applying';
  readonly outcome: ModelOutcome;
  /** Reads what is chosen; what the rep has typed and not used stays. */
  readonly load: () => Promise<void>;
  readonly edit: (change: Partial<ModelFields>) => void;
  readonly chooseFolder: () => Promise<void>;
  readonly test: () => Promise<void>;
  readonly use: () => Promise<void>;
  readonly forgetKey: () => Promise<void>;
}

export type SearchModelStore = StoreApi<SearchModelState>;

/** Keeps the choice of the model that finds passages while the rep makes it; main owns what is chosen. */
export function createSearchModelStore(bridge: AssistBridge): SearchModelStore {
  return createStore<SearchModelState>()((set, get) => {
    const fail = (error: AppError): void => set({ busy: 'no', outcome: { kind: 'failed', error } });
    const begin = (busy: 'testing' | 'applying'): RouteInput<'embedder.use'> | null => {
      if (get().busy !== 'no') return null;
      const { fields } = get();
      const made = draftOf(fields);
      if ('problem' in made) {
        set({ outcome: { kind: 'field', problem: made.problem } });
        return null;
      }
      set({ busy, outcome: { kind: 'none' } });
      return { draft: made.draft, key: fields.key.trim() || null };
    };
    return {
      view: null,
      fields: emptyFields,
      isEdited: false,
      busy: 'no',
      outcome: { kind: 'none' },
      async load() {
        const result = await bridge.request('embedder.read', undefined);
        if (!result.ok) return fail(result.error);
        const view = result.value;
        set(get().isEdited ? { view } : { view, fields: fieldsOf(view.settings) });
      },
      edit: (change) =>
        set({ fields: { ...get().fields, ...change }, isEdited: true, outcome: { kind: 'none' } }),
      async chooseFolder() {
        const result = await bridge.request('embedder.choose_folder', undefined);
        if (!result.ok) return fail(result.error);
        if (result.value !== null) get().edit({ dir: result.value });
      },
      async test() {
        const asked = begin('testing');
        if (!asked) return;
        const { fields } = get();
        const result = await bridge.request('embedder.try', asked);
        // What was typed meanwhile was not what was tested.
        if (get().fields !== fields) return set({ busy: 'no' });
        if (!result.ok) return fail(result.error);
        set({ busy: 'no', outcome: { kind: 'tried', trial: result.value } });
      },
      async use() {
        const asked = begin('applying');
        if (!asked) return;
        const result = await bridge.request('embedder.use', asked);
        if (!result.ok) return fail(result.error);
        set({
          ...{ view: result.value, fields: fieldsOf(result.value.settings), isEdited: false },
          ...{ busy: 'no', outcome: { kind: 'applied' } },
        });
      },
      async forgetKey() {
        const result = await bridge.request('embedder.forget_key', undefined);
        if (result.ok) set({ view: result.value });
        else fail(result.error);
      },
    };
  });
}

export const SearchModelContext = createStoreContext<SearchModelState>();

export const useSearchModel = <T>(selector: (state: SearchModelState) => T): T =>
  useSelected(SearchModelContext, selector);

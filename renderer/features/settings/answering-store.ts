import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { ModelsView } from '../../../shared/contracts/ipc/models.js';
import type { ModelRunEnd, ModelRunEndCode } from '../../../shared/domain/model-run.js';
import { strings } from '../../app/strings.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

const text = strings.answering;

/** Who answers now. `stands_in`: a model is set up, and the local engine does its work meanwhile. */
export type AnsweringBy =
  | { readonly kind: 'local' }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'stands_in'; readonly why: 'over_budget' | 'failing'; readonly message: string | null };

export interface AnsweringState {
  /** Null before main answered. */
  readonly view: ModelsView | null;
  /** How the newest run with a model came to nothing; null where it did not, or where that says nothing about the model. */
  readonly failure: ModelRunEnd | null;
  readonly load: () => Promise<void>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type AnsweringStore = StoreApi<AnsweringState>;

/** Ends that are the message's or the rep's doing, not the service's. */
const NO_FAILURE: ReadonlySet<ModelRunEndCode> = new Set([
  'MODEL_NOT_SET_UP',
  'MODEL_CANCELLED',
  'MODEL_BLOCKED_BY_PRIVACY',
  'MODEL_NOTHING_FOUND',
  'MODEL_DRAFT_WITHHELD',
  'MODEL_WRONG_LANGUAGE',
  'MODEL_REFUSED',
]);

/** Follows which model is set up, what is left of the day's budget, and whether the newest run with it came through. */
export function createAnsweringStore(bridge: AssistBridge): AnsweringStore {
  return createStore<AnsweringState>()((set, get) => ({
    view: null,
    failure: null,
    async load() {
      const result = await bridge.request('models.read', undefined);
      if (result.ok) set({ view: result.value });
    },
    connect() {
      const { load } = get();
      const answered = (strategy: 'local' | 'model'): void => {
        if (strategy === 'model') set({ failure: null });
        void load();
      };
      const stops = [
        bridge.on('models.changed', ({ view }) => set({ view, failure: null })),
        // A release may bring other models.
        bridge.on('team.status_changed', () => void load()),
        bridge.on('suggestion.ready', ({ suggestion }) => answered(suggestion.strategy)),
        bridge.on('suggestion.kept', ({ suggestion }) => answered(suggestion.strategy)),
        bridge.on('suggestion.model_ended', ({ end }) => {
          if (!NO_FAILURE.has(end.code)) set({ failure: end });
          void load();
        }),
      ];
      return () => stops.forEach((stop) => stop());
    },
  }));
}

/** Who answers, as far as is known; the local engine until main answered. */
export function answeringBy({ view, failure }: AnsweringState): AnsweringBy {
  if (!view) return { kind: 'local' };
  const { settings, isLimitReached } = view;
  const [first] = settings.routes.drafting?.models ?? settings.main;
  const cheaper =
    isLimitReached && settings.limits.atLimit === 'cheaper' ? settings.limits.cheaperModel : null;
  const model = settings.models.find(({ id }) => id === (cheaper ?? first))?.model;
  if (!settings.isOn || model === undefined) return { kind: 'local' };
  const isStopped =
    isLimitReached &&
    (settings.limits.atLimit === 'local' || (settings.limits.atLimit === 'cheaper' && cheaper === null));
  if (isStopped || failure?.code === 'MODEL_OVER_BUDGET')
    return { kind: 'stands_in', why: 'over_budget', message: null };
  if (failure) return { kind: 'stands_in', why: 'failing', message: failure.message };
  return { kind: 'model', model };
}

/** The same in words. */
export function answeringText(by: AnsweringBy): string {
  if (by.kind === 'model') return by.model;
  return by.kind === 'local' ? text.local : text.standsIn[by.why];
}

export const AnsweringContext = createStoreContext<AnsweringState>();

export const useAnswering = <T>(selector: (state: AnsweringState) => T): T =>
  useSelected(AnsweringContext, selector);

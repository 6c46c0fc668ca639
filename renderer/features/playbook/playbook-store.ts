import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { StepTick } from '../../../shared/domain/playbook.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

export interface PlaybookState {
  readonly conversationId: string | null;
  /** What the rep ticked in the conversation on screen. */
  readonly ticks: readonly StepTick[];
  /** Why the last tick was not kept. */
  readonly problem: AppError | null;
  readonly show: (conversationId: string | null) => Promise<void>;
  /** Null takes the tick back. */
  readonly mark: (intent: string, stepId: string, mark: StepTick['mark'] | null) => Promise<void>;
}

export type PlaybookStore = StoreApi<PlaybookState>;

/** Keeps what the rep ticked by hand; main owns it. */
export function createPlaybookStore(bridge: AssistBridge): PlaybookStore {
  return createStore<PlaybookState>()((set, get) => ({
    conversationId: null,
    ticks: [],
    problem: null,
    async show(conversationId) {
      set({ conversationId, ticks: [], problem: null });
      if (conversationId === null) return;
      const answer = await bridge.request('playbook.ticks', { conversationId });
      if (answer.ok && get().conversationId === conversationId) set({ ticks: answer.value });
    },
    async mark(intent, stepId, mark) {
      const { conversationId } = get();
      if (conversationId === null) return;
      const answer = await bridge.request('playbook.tick', { conversationId, intent, stepId, mark });
      if (get().conversationId !== conversationId) return;
      set(answer.ok ? { ticks: answer.value, problem: null } : { problem: answer.error });
    },
  }));
}

export const PlaybookContext = createStoreContext<PlaybookState>();
export const usePlaybook = <T>(selector: (state: PlaybookState) => T): T =>
  useSelected(PlaybookContext, selector);

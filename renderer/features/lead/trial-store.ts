import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { PlaybookTrial, PolicyTrial } from '../../../shared/contracts/ipc/playbook.js';
import type { ConversationSummary } from '../../../shared/domain/conversation.js';
import type { Playbook } from '../../../shared/domain/playbook.js';
import type { ToolPolicy } from '../../../shared/domain/tool-policy.js';
import type { AppError } from '../../../shared/errors/app-error.js';

/** What a trial came to, and what it was of: one that is typed on in since is not shown any more. */
export type TrialOutcome =
  | { readonly kind: 'none' | 'running' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'playbook'; readonly of: Playbook; readonly outcome: PlaybookTrial }
  | { readonly kind: 'policy'; readonly of: ToolPolicy; readonly outcome: PolicyTrial };

export interface TrialState {
  readonly conversations: readonly ConversationSummary[];
  readonly conversationId: string | null;
  /** Null for all of it. */
  readonly amount: number | null;
  readonly outcome: TrialOutcome;
  readonly load: () => Promise<void>;
  readonly choose: (change: Partial<Pick<TrialState, 'conversationId' | 'amount'>>) => void;
  readonly tryPlaybook: (playbook: Playbook) => Promise<void>;
  readonly tryPolicy: (policy: ToolPolicy) => Promise<void>;
}

export type TrialStore = StoreApi<TrialState>;

/** Tries a playbook or a policy as it stands in the form on a conversation of this desk. Nothing is saved or changed. */
export function createTrialStore(bridge: AssistBridge): TrialStore {
  return createStore<TrialState>()((set, get) => {
    let newest = 0;
    /** Only the trial asked for last is shown. */
    async function take(ask: (conversationId: string) => Promise<TrialOutcome>): Promise<void> {
      const { conversationId } = get();
      if (conversationId === null) return;
      newest += 1;
      const own = newest;
      set({ outcome: { kind: 'running' } });
      const outcome = await ask(conversationId);
      if (own === newest) set({ outcome });
    }
    return {
      ...{ conversations: [], conversationId: null, amount: null, outcome: { kind: 'none' } },
      async load() {
        const listed = await bridge.request('conversation.list', undefined);
        if (!listed.ok) return;
        const isKnown = listed.value.some(({ id }) => id === get().conversationId);
        set({
          conversations: listed.value,
          ...(isKnown ? {} : { conversationId: listed.value[0]?.id ?? null }),
        });
      },
      choose(change) {
        newest += 1;
        set({ ...change, outcome: { kind: 'none' } });
      },
      tryPlaybook: (playbook) =>
        take(async (conversationId) => {
          const answer = await bridge.request('playbook.try', { conversationId, playbook });
          return answer.ok
            ? { kind: 'playbook', of: playbook, outcome: answer.value }
            : { kind: 'failed', error: answer.error };
        }),
      tryPolicy: (policy) =>
        take(async (conversationId) => {
          const { amount } = get();
          const answer = await bridge.request('policy.try', { conversationId, policy, amount });
          return answer.ok
            ? { kind: 'policy', of: policy, outcome: answer.value }
            : { kind: 'failed', error: answer.error };
        }),
    };
  });
}

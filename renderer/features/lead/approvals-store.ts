import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge, RouteOutput } from '../../../shared/contracts/ipc/index.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createLoader, valueOf, type Loaded } from './loaded.js';

export type Waiting = RouteOutput<'lead.approvals'>[number];

export interface ApprovalsState {
  /** Oldest first. */
  readonly waiting: Loaded<readonly Waiting[]>;
  /** The first press was made on this one; a second approves it. */
  readonly armedId: string | null;
  /** The one whose refusal is being given a reason. */
  readonly refusingId: string | null;
  readonly busyId: string | null;
  readonly problem: AppError | null;
  /** What was decided last. */
  readonly decided: { readonly title: string; readonly decision: 'approved' | 'refused' } | null;
  readonly load: () => Promise<void>;
  /** The first press arms, a second one that is no double click approves what is shown. */
  readonly press: (id: string) => Promise<void>;
  readonly disarm: () => void;
  readonly askWhy: (id: string | null) => void;
  readonly refuse: (id: string, reason: string) => Promise<void>;
}

export type ApprovalsStore = StoreApi<ApprovalsState>;

/** Two presses within this are one double click. */
const DOUBLE_CLICK_MS = 500;

/** Changes that wait for a lead's word, and the words. */
export function createApprovalsStore(bridge: AssistBridge, now: () => number): ApprovalsStore {
  return createStore<ApprovalsState>()((set, get) => {
    let armedAt = 0;
    const load = createLoader(
      () => get().waiting,
      (waiting) => set({ waiting }),
      () => bridge.request('lead.approvals', undefined),
    );
    const decide = async (id: string, decision: 'approved' | 'refused', reason: string): Promise<void> => {
      const shown = valueOf(get().waiting)?.find(({ question }) => question.actionId === id);
      if (!shown || get().busyId !== null) return;
      set({ busyId: id, problem: null, armedId: null, decided: null });
      const { content, question } = shown;
      const answer = await bridge.request('lead.decide_approval', { id, content, decision, reason });
      set({ busyId: null });
      if (answer.ok) set({ refusingId: null, decided: { title: question.title, decision } });
      else set({ problem: answer.error });
      await load();
    };
    return {
      waiting: { kind: 'unread' },
      ...{ armedId: null, refusingId: null, busyId: null, problem: null, decided: null },
      load,
      async press(id) {
        if (get().busyId !== null) return;
        if (get().armedId !== id) {
          armedAt = now();
          set({ armedId: id, refusingId: null, problem: null, decided: null });
          return;
        }
        if (now() - armedAt < DOUBLE_CLICK_MS) return;
        await decide(id, 'approved', '');
      },
      disarm: () => set({ armedId: null }),
      askWhy: (refusingId) => set({ refusingId, armedId: null, problem: null }),
      refuse: (id, reason) => decide(id, 'refused', reason),
    };
  });
}

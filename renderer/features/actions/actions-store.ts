import { createStore, type StoreApi } from 'zustand/vanilla';

import type { OfferedChange } from '../../../shared/contracts/ipc/action.js';
import type { AssistBridge, RouteInput } from '../../../shared/contracts/ipc/index.js';
import type { Action } from '../../../shared/domain/action.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

/** Routes that decide about one action and answer with it. */
type Deciding =
  'action.edit' | 'action.approve' | 'action.refuse' | 'action.retry' | 'action.look_again' | 'action.settle';

export interface ActionsState {
  readonly conversationId: string | null;
  /** Of the conversation on screen, oldest first. */
  readonly actions: readonly Action[];
  /** What can be started by hand. */
  readonly offered: readonly OfferedChange[];
  /** The one whose details are open. */
  readonly openId: string | null;
  /** Values the rep typed and has not had looked at yet, by action. */
  readonly typed: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The first press was made on this one; a second does it. */
  readonly armedId: string | null;
  /** The one whose refusal is being given a reason. */
  readonly refusingId: string | null;
  readonly busyId: string | null;
  readonly problem: { readonly id: string; readonly error: AppError } | null;
  /** The change being started by hand, with what was typed. */
  readonly draft: { readonly change: OfferedChange; readonly input: Readonly<Record<string, string>> } | null;
  readonly show: (conversationId: string | null) => Promise<void>;
  readonly toggle: (id: string) => void;
  readonly openFirstWaiting: () => void;
  readonly type: (id: string, key: string, value: string) => void;
  readonly takeValues: (id: string) => Promise<void>;
  /** The first press arms, a second one that is no double click approves. */
  readonly press: (id: string) => Promise<void>;
  readonly disarm: () => void;
  readonly askWhy: (id: string | null) => void;
  readonly refuse: (id: string, reason: string) => Promise<void>;
  readonly retry: (id: string) => Promise<void>;
  readonly lookAgain: (id: string) => Promise<void>;
  readonly settle: (id: string, wasDone: boolean) => Promise<void>;
  readonly begin: (change: OfferedChange | null) => void;
  readonly draftType: (key: string, value: string) => void;
  readonly propose: () => Promise<void>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type ActionsStore = StoreApi<ActionsState>;

/** Two accounts of one kind have changes of the same name. */
export const changeId = ({ tool, systemId = '' }: OfferedChange): string => `${tool}#${systemId}`;

/** Two presses within this are one double click. */
const DOUBLE_CLICK_MS = 500;

/** Keeps the changes of the conversation on screen; main owns them. */
export function createActionsStore(bridge: AssistBridge, now: () => number): ActionsStore {
  return createStore<ActionsState>()((set, get) => {
    let armedAt = 0;
    const put = (action: Action): void => {
      const { conversationId, actions } = get();
      if (action.conversationId !== conversationId) return;
      const isKnown = actions.some(({ id }) => id === action.id);
      set({
        actions: isKnown ? actions.map((one) => (one.id === action.id ? action : one)) : [...actions, action],
      });
    };

    async function decide<N extends Deciding>(
      name: N,
      input: RouteInput<N> & { readonly id: string },
    ): Promise<void> {
      const { id } = input;
      if (get().busyId !== null) return;
      set({ busyId: id, problem: null, armedId: null });
      const result = await bridge.request(name, input);
      set({ busyId: null });
      if (result.ok) put(result.value);
      else set({ problem: { id, error: result.error } });
    }

    return {
      conversationId: null,
      actions: [],
      offered: [],
      openId: null,
      typed: {},
      armedId: null,
      refusingId: null,
      busyId: null,
      problem: null,
      draft: null,
      async show(conversationId) {
        set({
          ...{ conversationId, actions: [], openId: null, armedId: null, refusingId: null },
          ...{ problem: null, draft: null },
        });
        if (conversationId === null) return;
        const [listed, offered] = await Promise.all([
          bridge.request('action.list', { conversationId }),
          bridge.request('action.offered', undefined),
        ]);
        if (get().conversationId !== conversationId) return;
        // What main told meanwhile is newer than the list.
        const told = new Map(get().actions.map((action) => [action.id, action]));
        if (listed.ok) {
          const merged = listed.value.map((action) => told.get(action.id) ?? action);
          const added = [...told.values()].filter(({ id }) => !listed.value.some((one) => one.id === id));
          set({ actions: [...merged, ...added] });
        }
        if (offered.ok) set({ offered: offered.value });
      },
      toggle: (id) =>
        set(({ openId }) => ({ openId: openId === id ? null : id, armedId: null, refusingId: null })),
      openFirstWaiting() {
        const { actions } = get();
        const first = actions.find(({ status }) => status === 'waiting_for_rep') ?? actions.at(-1);
        if (first) set({ openId: first.id, armedId: null });
      },
      type: (id, key, value) =>
        set(({ typed }) => ({ typed: { ...typed, [id]: { ...typed[id], [key]: value } }, armedId: null })),
      async takeValues(id) {
        await decide('action.edit', { id, input: { ...get().typed[id] } });
        const typed = Object.fromEntries(Object.entries(get().typed).filter(([key]) => key !== id));
        if (get().problem === null) set({ typed });
      },
      async press(id) {
        const action = get().actions.find((one) => one.id === id);
        if (!action || get().busyId !== null) return;
        if (get().armedId !== id) {
          armedAt = now();
          set({ armedId: id, problem: null });
          return;
        }
        if (now() - armedAt < DOUBLE_CLICK_MS) return;
        await decide('action.approve', { id, seenAt: action.updatedAt });
      },
      disarm: () => set({ armedId: null }),
      askWhy: (refusingId) => set({ refusingId, armedId: null }),
      async refuse(id, reason) {
        await decide('action.refuse', { id, reason });
        if (get().problem === null) set({ refusingId: null });
      },
      retry: (id) => decide('action.retry', { id }),
      lookAgain: (id) => decide('action.look_again', { id }),
      settle: (id, wasDone) => decide('action.settle', { id, wasDone }),
      begin: (change) => set({ draft: change && { change, input: {} }, problem: null }),
      draftType: (key, value) =>
        set(({ draft }) => ({ draft: draft && { ...draft, input: { ...draft.input, [key]: value } } })),
      async propose() {
        const { draft, conversationId, busyId } = get();
        if (!draft || conversationId === null || busyId !== null) return;
        const { tool, systemId } = draft.change;
        const id = changeId(draft.change);
        set({ busyId: id, problem: null });
        const input = Object.fromEntries(draft.change.fields.map(({ key }) => [key, draft.input[key] ?? '']));
        const result = await bridge.request('action.start', {
          ...{ conversationId, tool, input },
          ...(systemId === undefined ? {} : { systemId }),
        });
        set({ busyId: null });
        if (!result.ok) set({ problem: { id, error: result.error } });
        else if (get().conversationId === conversationId)
          set({ actions: result.value, draft: null, openId: result.value.at(-1)?.id ?? null });
      },
      connect: () => bridge.on('action.changed', ({ action }) => put(action)),
    };
  });
}

export const ActionsContext = createStoreContext<ActionsState>();
export const useActions = <T>(selector: (state: ActionsState) => T): T =>
  useSelected(ActionsContext, selector);

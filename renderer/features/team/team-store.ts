import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge, RouteResult } from '../../../shared/contracts/ipc/index.js';
import type { SyncActivity } from '../../../shared/domain/sync-status.js';
import type { TeamStatus } from '../../../shared/domain/team-status.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

/** What keeps the device from being in sync. */
export type Trouble = Extract<SyncActivity, { readonly since: string }>;

export interface TeamState {
  /** Null before main has told. */
  readonly status: TeamStatus | null;
  /** Of the sync; stays while it is tried again, until that succeeds. */
  readonly trouble: Trouble | null;
  readonly address: string;
  readonly code: string;
  /** Host of the company's sign-in at the address; null where the hub offers none, or was not asked. */
  readonly companyHost: string | null;
  readonly busy: 'no' | 'joining' | 'at_company' | 'leaving' | 'other';
  /** What the last thing asked for came to. */
  readonly problem: AppError | 'nothing_given' | 'words_differ' | null;
  /** Whether the rep is being asked if they really want to leave. */
  readonly isLeaving: boolean;
  readonly load: () => Promise<void>;
  readonly edit: (change: Partial<Pick<TeamState, 'address' | 'code'>>) => void;
  /** Asks the hub at the address whether it offers a company sign-in. */
  readonly lookUp: () => Promise<void>;
  readonly join: () => Promise<void>;
  readonly joinAtCompany: () => Promise<void>;
  readonly confirm: () => Promise<void>;
  /** The words differ. */
  readonly refuse: () => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly askToLeave: (isLeaving: boolean) => void;
  readonly leave: () => Promise<void>;
  readonly retryNow: () => Promise<void>;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type TeamStore = StoreApi<TeamState>;

/** Keeps what the rep types and chooses; main owns the membership and tells of every change. */
export function createTeamStore(bridge: AssistBridge): TeamStore {
  return createStore<TeamState>()((set, get) => {
    const take = (status: TeamStatus): void => {
      const changesStep = status.kind !== get().status?.kind;
      set({
        status,
        trouble: troubleOf(status, get().trouble),
        ...(changesStep && { isLeaving: false }),
        // What was typed is of no use any more once the hub let the rep in; the code least of all.
        ...(changesStep && status.kind === 'to_confirm' && { address: '', code: '', companyHost: null }),
      });
    };
    const during = async (
      busy: TeamState['busy'],
      work: () => Promise<RouteResult<'team.join'>>,
    ): Promise<boolean> => {
      if (get().busy !== 'no') return false;
      set({ busy, problem: null });
      const result = await work();
      const isCancelled = !result.ok && result.error.code === 'TEAM_JOIN_CANCELLED';
      set({ busy: 'no', problem: result.ok || isCancelled ? null : result.error });
      return result.ok;
    };
    return {
      status: null,
      trouble: null,
      ...{ address: '', code: '', companyHost: null },
      ...{ busy: 'no', problem: null, isLeaving: false },
      async load() {
        const result = await bridge.request('team.status', undefined);
        if (result.ok) take(result.value);
      },
      edit: (change) =>
        set({ ...change, problem: null, ...(change.address !== undefined && { companyHost: null }) }),
      async lookUp() {
        const { address } = get();
        if (address.trim() === '') return;
        const result = await bridge.request('team.company_sign_in', { address });
        if (result.ok && get().address === address) set({ companyHost: result.value.host });
      },
      async join() {
        const { address, code } = get();
        const hasCode = code.trim() !== '' || address.includes('#');
        if (address.trim() === '' || !hasCode) return set({ problem: 'nothing_given' });
        await during('joining', () => bridge.request('team.join', { address, code }));
      },
      async joinAtCompany() {
        const { address } = get();
        await during('at_company', () => bridge.request('team.join_at_company', { address }));
      },
      async confirm() {
        await during('other', () => bridge.request('team.confirm', undefined));
      },
      async refuse() {
        if (await during('other', () => bridge.request('team.cancel', undefined)))
          set({ problem: 'words_differ' });
      },
      async cancel() {
        await bridge.request('team.cancel', undefined);
      },
      askToLeave: (isLeaving) => set({ isLeaving, problem: null }),
      async leave() {
        await during('leaving', () => bridge.request('team.leave', undefined));
      },
      async retryNow() {
        await during('other', () => bridge.request('team.retry_now', undefined));
      },
      connect() {
        const retry = (): void => void bridge.request('team.retry_now', undefined);
        const stop = bridge.on('team.status_changed', ({ status }) => take(status));
        globalThis.addEventListener('online', retry);
        return () => {
          stop();
          globalThis.removeEventListener('online', retry);
        };
      },
    };
  });
}

function troubleOf(status: TeamStatus, before: Trouble | null): Trouble | null {
  if (status.kind !== 'joined') return null;
  const { activity } = status.sync;
  if (activity.kind === 'offline' || activity.kind === 'refused') return activity;
  return activity.kind === 'checking' ? before : null;
}

export const TeamContext = createStoreContext<TeamState>();

export const useTeam = <T>(selector: (state: TeamState) => T): T => useSelected(TeamContext, selector);

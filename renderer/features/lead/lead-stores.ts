import { createContext, use } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { LeadSubject } from '../../../shared/contracts/ipc/lead.js';
import { createApprovalsStore, type ApprovalsState, type ApprovalsStore } from './approvals-store.js';
import { createDraftStore, type DraftState, type DraftStore } from './draft-store.js';
import { createEditorsStore, type EditorsState, type EditorsStore } from './editors-store.js';
import { createPeopleStore, type PeopleState, type PeopleStore } from './people-store.js';
import { createPlaygroundStore, type PlaygroundState, type PlaygroundStore } from './playground-store.js';
import { createTrialStore, type TrialState, type TrialStore } from './trial-store.js';
import { createReceivedStore, type ReceivedState, type ReceivedStore } from './received-store.js';
import { createReleasesStore, type ReleasesState, type ReleasesStore } from './releases-store.js';

export const DESK_TABS = [
  'draft',
  'releases',
  'rollout',
  'feedback',
  'approvals',
  'playground',
  'members',
  'audit',
] as const;
export type DeskTab = (typeof DESK_TABS)[number];

interface TabState {
  readonly tab: DeskTab;
  readonly show: (tab: DeskTab) => void;
}

/** What the team desk holds, by subject. It stays while the desk is closed, with whatever was typed. */
export interface LeadStores {
  readonly tab: StoreApi<TabState>;
  readonly draft: DraftStore;
  readonly editors: EditorsStore;
  readonly releases: ReleasesStore;
  readonly people: PeopleStore;
  readonly received: ReceivedStore;
  readonly approvals: ApprovalsStore;
  readonly playground: PlaygroundStore;
  readonly trial: TrialStore;
}

export function createLeadStores(bridge: AssistBridge): LeadStores {
  return {
    tab: createStore<TabState>()((set) => ({ tab: 'draft', show: (tab) => set({ tab }) })),
    draft: createDraftStore(bridge),
    editors: createEditorsStore(bridge),
    releases: createReleasesStore(bridge),
    people: createPeopleStore(bridge),
    received: createReceivedStore(bridge),
    approvals: createApprovalsStore(bridge, () => performance.now()),
    playground: createPlaygroundStore(bridge),
    trial: createTrialStore(bridge),
  };
}

/** News that come close together are looked at once. */
const SETTLE_MS = 250;

/** Reads again what the hub says has changed, as far as it was read before. Returns the function that stops. */
export function connectLead(bridge: AssistBridge, stores: LeadStores): () => void {
  const { draft, editors, releases, people, received, approvals } = stores;
  const waiting = new Map<LeadSubject, ReturnType<typeof setTimeout>>();
  const reload: Record<LeadSubject, () => void> = {
    // A release that is given to nobody yet is told as a change of the draft it took its content from.
    draft() {
      if (releases.getState().list.kind !== 'unread') void releases.getState().load();
      void editors.getState().refresh();
      if (draft.getState().contents.kind !== 'unread') void draft.getState().load();
      if (draft.getState().isPublishing) void draft.getState().loadPreview();
    },
    releases: () => reload.draft(),
    members() {
      if (people.getState().people.kind !== 'unread') void people.getState().load();
    },
    feedback() {
      if (received.getState().page.kind !== 'unread') void received.getState().load();
    },
    approvals() {
      if (approvals.getState().waiting.kind !== 'unread') void approvals.getState().load();
    },
  };
  let articlesTimer: ReturnType<typeof setTimeout> | undefined;
  const stops = [
    draft.getState().connect(),
    // A release that came to this computer brings titles of its own.
    bridge.on('knowledge.status_changed', ({ status }) => {
      if (status.state !== 'ready' || draft.getState().contents.kind === 'unread') return;
      clearTimeout(articlesTimer);
      articlesTimer = setTimeout(() => void draft.getState().loadArticles(), SETTLE_MS);
    }),
    bridge.on('lead.changed', ({ subject }) => {
      clearTimeout(waiting.get(subject));
      waiting.set(subject, setTimeout(reload[subject], SETTLE_MS));
    }),
  ];
  return () => {
    for (const timer of [...waiting.values(), articlesTimer]) clearTimeout(timer);
    stops.forEach((stop) => stop());
  };
}

export const LeadContext = createContext<LeadStores | null>(null);

/** @throws Error outside the provider, which is a bug of the composition. */
export function useLeadStores(): LeadStores {
  const stores = use(LeadContext);
  if (!stores) throw new Error('The stores of the team desk are missing; app/providers.tsx gives them.');
  return stores;
}

export const useDeskTab = <T>(selector: (state: TabState) => T): T => useStore(useLeadStores().tab, selector);
export const useDraft = <T>(selector: (state: DraftState) => T): T =>
  useStore(useLeadStores().draft, selector);
export const useEditors = <T>(selector: (state: EditorsState) => T): T =>
  useStore(useLeadStores().editors, selector);
export const useReleases = <T>(selector: (state: ReleasesState) => T): T =>
  useStore(useLeadStores().releases, selector);
export const usePeople = <T>(selector: (state: PeopleState) => T): T =>
  useStore(useLeadStores().people, selector);
export const useReceived = <T>(selector: (state: ReceivedState) => T): T =>
  useStore(useLeadStores().received, selector);
export const useApprovals = <T>(selector: (state: ApprovalsState) => T): T =>
  useStore(useLeadStores().approvals, selector);
export const usePlayground = <T>(selector: (state: PlaygroundState) => T): T =>
  useStore(useLeadStores().playground, selector);
export const useTrial = <T>(selector: (state: TrialState) => T): T =>
  useStore(useLeadStores().trial, selector);

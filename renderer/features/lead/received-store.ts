import { createStore, type StoreApi } from 'zustand/vanilla';

import type { FeedbackGroup } from '../../../shared/contracts/hub/feedback.js';
import type { AssistBridge, RouteInput } from '../../../shared/contracts/ipc/index.js';
import type { InboxFilter } from '../../../shared/contracts/ipc/lead.js';
import type { ReceivedFeedback } from '../../../shared/domain/feedback-event.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { without } from './without.js';
import { createLoader, valueOf, type Loaded } from './loaded.js';

export type GroupBy = RouteInput<'lead.feedback_groups'>['by'];
export type ExportChoice = RouteInput<'lead.export_feedback'>;

interface Page {
  readonly feedback: readonly ReceivedFeedback[];
  readonly cursor: string | null;
}

export interface ReceivedState {
  readonly by: GroupBy;
  readonly groups: Loaded<readonly FeedbackGroup[]>;
  /** The group that is looked at; null shows all of them. */
  readonly group: string | null;
  readonly action: InboxFilter['action'] | 'all';
  readonly isOpenOnly: boolean;
  readonly memberId: string | null;
  readonly page: Loaded<Page>;
  readonly shown: string | null;
  /** Answers being written, by feedback. */
  readonly notes: Readonly<Record<string, string>>;
  /** Draft items that were made from feedback. */
  readonly draftKeys: Readonly<Record<string, string>>;
  readonly busy: 'no' | 'resolving' | 'exporting';
  readonly problem: AppError | null;
  readonly exported: string | null;
  readonly load: () => Promise<void>;
  readonly groupBy: (by: GroupBy) => void;
  readonly chooseGroup: (group: string | null) => void;
  readonly filter: (change: Partial<Pick<ReceivedState, 'action' | 'isOpenOnly' | 'memberId'>>) => void;
  readonly loadMore: () => Promise<void>;
  readonly show: (id: string | null) => void;
  readonly write: (id: string, note: string) => void;
  readonly linkDraft: (id: string, key: string) => void;
  readonly resolve: (id: string) => Promise<boolean>;
  readonly export: (choice: ExportChoice) => Promise<void>;
}

export type ReceivedStore = StoreApi<ReceivedState>;

/** What reps did with suggestions, as it came to the hub: by article, intent or prompt, with the leads' answers. */
export function createReceivedStore(bridge: AssistBridge): ReceivedStore {
  return createStore<ReceivedState>()((set, get) => {
    const loadGroups = createLoader(
      () => get().groups,
      (groups) => set({ groups }),
      () => bridge.request('lead.feedback_groups', { by: get().by }),
    );
    const loadPage = createLoader(
      () => get().page,
      (page) => set({ page }),
      () => bridge.request('lead.feedback', { filter: filterOf(get()), before: null }),
    );
    const narrow = (change: Partial<ReceivedState>): void => {
      set({ ...change, page: { kind: 'loading' }, shown: null });
      void loadPage();
    };
    return {
      by: 'article',
      groups: { kind: 'unread' },
      ...{ group: null, action: 'all', isOpenOnly: true, memberId: null },
      page: { kind: 'unread' },
      ...{ shown: null, notes: {}, draftKeys: {}, busy: 'no', problem: null, exported: null },
      async load() {
        await Promise.all([loadGroups(), loadPage()]);
      },
      groupBy(by) {
        set({ by, groups: { kind: 'loading' } });
        narrow({ group: null });
        void loadGroups();
      },
      chooseGroup: (group) => narrow({ group }),
      filter: (change) => narrow(change),
      async loadMore() {
        const { page } = get();
        if (page.kind !== 'ready' || page.value.cursor === null) return;
        const before = page.value.cursor;
        const answer = await bridge.request('lead.feedback', { filter: filterOf(get()), before });
        if (get().page !== page) return;
        if (!answer.ok) return set({ page: { ...page, problem: answer.error } });
        const feedback = [...page.value.feedback, ...answer.value.feedback];
        set({ page: { ...page, value: { ...answer.value, feedback } } });
      },
      show: (shown) => set({ shown, problem: null }),
      write: (id, note) => set({ notes: { ...get().notes, [id]: note } }),
      linkDraft: (id, key) => set({ draftKeys: { ...get().draftKeys, [id]: key } }),
      async resolve(id) {
        if (get().busy !== 'no') return false;
        set({ busy: 'resolving', problem: null });
        const note = get().notes[id]?.trim() ?? '';
        const answer = await bridge.request('lead.resolve', {
          id,
          note,
          draftKey: get().draftKeys[id] ?? null,
        });
        set({ busy: 'no', problem: answer.ok ? null : answer.error });
        if (!answer.ok) return false;
        const notes = without(get().notes, id);
        const page = get().page;
        const value = valueOf(page);
        // It stays in sight, answered, until the list is read again.
        const replaced = value?.feedback.map((each) => (each.event.feedback.id === id ? answer.value : each));
        set({
          notes,
          ...(page.kind === 'ready' &&
            replaced && { page: { ...page, value: { ...page.value, feedback: replaced } } }),
        });
        void loadGroups();
        return true;
      },
      async export(choice) {
        if (get().busy !== 'no') return;
        set({ busy: 'exporting', problem: null, exported: null });
        const answer = await bridge.request('lead.export_feedback', choice);
        set({ busy: 'no' });
        if (!answer.ok) set({ problem: answer.error });
        else set({ exported: answer.value?.path ?? null });
      },
    };
  });
}

function filterOf({ by, group, action, isOpenOnly, memberId }: ReceivedState): InboxFilter {
  const names = { article: 'articleId', intent: 'intent', prompt: 'prompt' } as const;
  return {
    ...(group !== null && { [names[by]]: group }),
    ...(action !== 'all' && action !== undefined && { action }),
    ...(isOpenOnly && { isResolved: false }),
    ...(memberId !== null && { memberId }),
  };
}

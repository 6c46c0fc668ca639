import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { ConversationSummary } from '../../../shared/domain/conversation.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';

/** What the inbox knows: nothing yet, why not, or its rows with the newest change first. */
export type InboxList =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly rows: readonly ConversationSummary[] };

export interface InboxState {
  readonly list: InboxList;
  readonly activeId: string | null;
  /** The one that is open came there by itself: as the first row, or in the place of one that is gone. Nobody chose it. */
  readonly isOpenByItself: boolean;
  readonly load: () => Promise<void>;
  /** Other helpdesks are connected: no row stays that is not there any more, and a conversation that is gone is left. */
  readonly reload: () => Promise<void>;
  /** These are not on this machine any more; one that was on screen gives way to the row that followed it. */
  readonly forget: (conversationIds: readonly string[]) => void;
  readonly select: (conversationId: string) => void;
  /** Moves the selection by `step` rows; stays at the ends. */
  readonly move: (step: 1 | -1) => void;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type InboxStore = StoreApi<InboxState>;

/** Keeps the rows of the inbox and which conversation the rep works in. The first row that ever appears is opened. */
export function createInboxStore(bridge: AssistBridge): InboxStore {
  return createStore<InboxState>()((set, get) => {
    function place(rows: readonly ConversationSummary[]): void {
      const sorted = [...rows].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
      set({ list: { kind: 'ready', rows: sorted } });
      if (get().activeId === null) openByItself(sorted[0]);
    }

    const openByItself = (row: ConversationSummary | undefined): void =>
      set({ activeId: row?.id ?? null, isOpenByItself: true });

    return {
      list: { kind: 'loading' },
      activeId: null,
      isOpenByItself: true,
      async load() {
        const result = await bridge.request('conversation.list', undefined);
        if (!result.ok) return set({ list: { kind: 'failed', error: result.error } });
        const { list } = get();
        // Rows that changed while the list was on its way are newer than the list.
        const fresher = list.kind === 'ready' ? list.rows : [];
        const known = new Set(fresher.map(({ id }) => id));
        place([...fresher, ...result.value.filter(({ id }) => !known.has(id))]);
      },
      async reload() {
        set({ list: { kind: 'loading' } });
        await get().load();
        const { list, activeId } = get();
        if (list.kind !== 'ready' || list.rows.some(({ id }) => id === activeId)) return;
        openByItself(list.rows[0]);
      },
      forget(conversationIds) {
        const { list, activeId } = get();
        if (list.kind !== 'ready') return;
        const gone = new Set(conversationIds);
        const rows = list.rows.filter(({ id }) => !gone.has(id));
        set({ list: { kind: 'ready', rows } });
        if (activeId === null || !gone.has(activeId)) return;
        const at = list.rows.findIndex(({ id }) => id === activeId);
        openByItself(list.rows.slice(at).find(({ id }) => !gone.has(id)) ?? rows.at(-1));
      },
      select: (conversationId) => set({ activeId: conversationId, isOpenByItself: false }),
      move(step) {
        const { list, activeId } = get();
        if (list.kind !== 'ready') return;
        const at = list.rows.findIndex(({ id }) => id === activeId);
        const next = at < 0 ? list.rows[0] : list.rows[at + step];
        if (next) get().select(next.id);
      },
      connect: () =>
        bridge.on('conversation.changed', ({ summary }) => {
          const { list } = get();
          const others = list.kind === 'ready' ? list.rows.filter(({ id }) => id !== summary.id) : [];
          place([summary, ...others]);
        }),
    };
  });
}

const noRows: readonly ConversationSummary[] = [];

export const selectRows = ({ list }: InboxState): readonly ConversationSummary[] =>
  list.kind === 'ready' ? list.rows : noRows;

export const InboxContext = createStoreContext<InboxState>();

export const useInbox = <T>(selector: (state: InboxState) => T): T => useSelected(InboxContext, selector);

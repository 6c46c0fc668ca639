import { createStore, type StoreApi } from 'zustand/vanilla';

import { createStoreContext, useSelected } from '../bridge/store-context.js';
import type { Toast } from '../ui/toast-stack.js';

const SHOWN_MS = 3500;
const SHOWN_AT_ONCE = 2;

export interface NoticeState {
  readonly toasts: readonly Toast[];
  /** The newest milestone for screen readers; `id` makes the same words heard twice. */
  readonly milestone: { readonly id: number; readonly text: string };
  /** Says something to the eye and the ear. */
  readonly say: (text: string, tone?: Toast['tone']) => void;
  /** Says something to the ear only, where the eye sees it anyway. */
  readonly announce: (text: string) => void;
}

export type NoticeStore = StoreApi<NoticeState>;

/** Confirmations and milestones: never tokens. */
export function createNoticeStore(): NoticeStore {
  return createStore<NoticeState>()((set, get) => ({
    toasts: [],
    milestone: { id: 0, text: '' },
    say(text, tone = 'good') {
      get().announce(text);
      const { id } = get().milestone;
      set(({ toasts }) => ({ toasts: [...toasts, { id, text, tone }].slice(-SHOWN_AT_ONCE) }));
      setTimeout(
        () => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
        SHOWN_MS,
      );
    },
    announce: (text) => set(({ milestone }) => ({ milestone: { id: milestone.id + 1, text } })),
  }));
}

export const NoticeContext = createStoreContext<NoticeState>();

export const useNotice = <T>(selector: (state: NoticeState) => T): T => useSelected(NoticeContext, selector);

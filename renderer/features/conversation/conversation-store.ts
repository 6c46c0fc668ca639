import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type {
  Conversation,
  ConversationMessage,
  ConversationSummary,
} from '../../../shared/domain/conversation.js';
import type { DeliveryMode } from '../../../shared/domain/helpdesk.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';
import {
  emptyComposer,
  typed,
  withInserted,
  type Composer,
  type Insertion,
  type SentAs,
} from './composer-state.js';
import { withoutKeys } from '../../../shared/lib/without-keys.js';
import { createOwnRewriteActions, type OwnRewriteActions } from './own-rewrite-actions.js';

/** A conversation as far as the window has it. */
export type Thread =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'open'; readonly conversation: Conversation };

/** What became of an attempt to send: the run the text started from, so that its card can show it. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly runId: string | null }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly error: AppError };

export interface ConversationState extends OwnRewriteActions {
  readonly activeId: string | null;
  readonly threads: Readonly<Record<string, Thread>>;
  readonly composers: Readonly<Record<string, Composer>>;
  /** Opens a conversation (again); what is known of it is shown meanwhile. */
  readonly show: (conversationId: string | null) => Promise<void>;
  readonly type: (text: string) => void;
  /** Puts a suggested text into the composer of the conversation on screen. */
  readonly insert: (insertion: Insertion) => 'replaced' | 'added';
  readonly clear: () => void;
  /** Counts the wishes to write: each one unfolds the composer and moves the focus into it. */
  readonly focusRequests: number;
  /** Words of the text to be selected; without them the cursor goes to its end. */
  readonly focusComposer: (words?: string) => void;
  readonly focusWords: string | null;
  readonly foldComposer: () => void;
  /** Sends what stands in the composer; the text stays there when the helpdesk does not take it. */
  readonly send: (isAsked?: boolean) => Promise<SendOutcome>;
  /** Adds a note; why that failed stays at the composer until something else is done there. */
  readonly addNote: (text: string) => Promise<AppError | null>;
  /** Adds what stands in the composer as a note; the text stays there unless it is known to have arrived. */
  readonly addWritten: () => Promise<SendOutcome>;
  /** Leaves what stands in the composer in the helpdesk as a draft; the text stays there unless it is known to have arrived. */
  readonly saveDraft: () => Promise<SendOutcome>;
  /** The conversation whose text is about to be sent through the helpdesk's interface, where the rep is asked first; null when none is. */
  readonly toSend: string | null;
  readonly askToSend: (isAsking: boolean) => void;
  /** Other helpdesks are connected: what was read before is read again when it is opened. What the rep wrote stays. */
  readonly forgetThreads: () => void;
  /** These are not on this machine any more, what was begun to be written to them included. */
  readonly forget: (conversationIds: readonly string[]) => void;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type ConversationStore = StoreApi<ConversationState>;

/** How many conversations stay in memory; the oldest one is read again from main when it is opened next. */
const KEPT_THREADS = 30;

/** Keeps opened conversations and one composer for each, so that nothing the rep typed is lost by switching. */
export function createConversationStore(bridge: AssistBridge): ConversationStore {
  return createStore<ConversationState>()((set, get) => {
    const putThread = (id: string, thread: Thread): void =>
      set(({ threads, activeId }) => ({ threads: keepNewest({ ...threads, [id]: thread }, activeId) }));
    const putComposer = (id: string, composer: Composer): void =>
      set(({ composers }) => ({ composers: { ...composers, [id]: composer } }));
    const composerOf = (id: string): Composer => get().composers[id] ?? emptyComposer;

    async function open(conversationId: string): Promise<void> {
      const known = get().threads[conversationId];
      if (known?.kind !== 'open') putThread(conversationId, { kind: 'loading' });
      const result = await bridge.request('conversation.open', { conversationId });
      putThread(
        conversationId,
        result.ok ? { kind: 'open', conversation: result.value } : { kind: 'failed', error: result.error },
      );
    }

    function receive(summary: ConversationSummary, message: ConversationMessage | null): void {
      const thread = get().threads[summary.id];
      if (thread?.kind !== 'open') return;
      const { subject, status, customer, updatedAt } = summary;
      const messages = message ? append(thread.conversation.messages, message) : thread.conversation.messages;
      putThread(summary.id, {
        kind: 'open',
        conversation: { ...thread.conversation, subject, status, customer, updatedAt, messages },
      });
      if (get().activeId !== summary.id) return;
      // A message on screen is read: opening it again tells the helpdesk so. What changed without a message may be a note.
      const isNewer = message ? message.author !== 'rep' : updatedAt !== thread.conversation.updatedAt;
      if (isNewer) void open(summary.id);
    }

    /** Takes what stands in the composer; null where there is nothing, or something on its way. */
    function begin(as: SentAs) {
      const { activeId: conversationId } = get();
      if (conversationId === null) return null;
      const composer = composerOf(conversationId);
      const { text, runId, sending } = composer;
      if (text.trim() === '' || sending.kind === 'sending') return null;
      putComposer(conversationId, { ...composer, sending: { kind: 'sending', as } });
      return { conversationId, text, runId };
    }

    function failed(conversationId: string, as: SentAs, error: AppError): SendOutcome {
      const composer = composerOf(conversationId);
      putComposer(conversationId, { ...composer, isOpen: true, sending: { kind: 'failed', as, error } });
      return { kind: 'failed', error };
    }

    /** What was typed while the text was on its way stays. */
    function emptied(conversationId: string, text: string): void {
      const later = composerOf(conversationId);
      putComposer(
        conversationId,
        later.text === text ? emptyComposer : { ...later, sending: { kind: 'resting' } },
      );
    }

    return {
      activeId: null,
      threads: {},
      composers: {},
      ...createOwnRewriteActions({
        ...{ bridge, composerOf, putComposer, set },
        activeId: () => get().activeId,
      }),
      focusRequests: 0,
      focusWords: null,
      async show(conversationId) {
        set({ activeId: conversationId });
        if (conversationId !== null) await open(conversationId);
      },
      type(text) {
        const { activeId } = get();
        if (activeId !== null) putComposer(activeId, typed(composerOf(activeId), text));
      },
      insert(insertion) {
        const { activeId } = get();
        if (activeId === null) return 'replaced';
        const { composer, how } = withInserted(composerOf(activeId), insertion);
        putComposer(activeId, composer);
        return how;
      },
      clear() {
        const { activeId } = get();
        if (activeId !== null) putComposer(activeId, emptyComposer);
      },
      focusComposer(words) {
        const { activeId, focusRequests } = get();
        if (activeId === null) return;
        putComposer(activeId, { ...composerOf(activeId), isOpen: true });
        set({ focusRequests: focusRequests + 1, focusWords: words ?? null });
      },
      foldComposer() {
        const { activeId } = get();
        if (activeId !== null) putComposer(activeId, { ...composerOf(activeId), isOpen: false });
      },
      async send(isAsked = false) {
        set({ toSend: null });
        const begun = begin('reply');
        if (!begun) return { kind: 'nothing' };
        const { conversationId, text, runId } = begun;
        const result = await bridge.request('conversation.send', { conversationId, text, runId, isAsked });
        if (!result.ok) return failed(conversationId, 'reply', result.error);
        emptied(conversationId, text);
        const thread = get().threads[conversationId];
        if (thread?.kind === 'open')
          putThread(conversationId, {
            kind: 'open',
            conversation: {
              ...thread.conversation,
              messages: append(thread.conversation.messages, result.value),
            },
          });
        return { kind: 'sent', runId };
      },
      async addNote(text) {
        const { activeId: conversationId } = get();
        if (conversationId === null) return null;
        const result = await bridge.request('conversation.add_note', { conversationId, text });
        if (!result.ok) {
          failed(conversationId, 'note', result.error);
          return result.error;
        }
        void open(conversationId);
        return null;
      },
      async addWritten() {
        const begun = begin('note');
        if (!begun) return { kind: 'nothing' };
        const { conversationId, text, runId } = begun;
        const result = await bridge.request('conversation.add_note', { conversationId, text });
        if (!result.ok) return failed(conversationId, 'note', result.error);
        emptied(conversationId, text);
        void open(conversationId);
        return { kind: 'sent', runId };
      },
      async saveDraft() {
        const begun = begin('draft');
        if (!begun) return { kind: 'nothing' };
        const { conversationId, text, runId } = begun;
        const result = await bridge.request('conversation.save_draft', { conversationId, text });
        if (!result.ok) return failed(conversationId, 'draft', result.error);
        emptied(conversationId, text);
        return { kind: 'sent', runId };
      },
      toSend: null,
      askToSend: (isAsking) => set(({ activeId }) => ({ toSend: isAsking ? activeId : null })),
      forgetThreads: () => set({ threads: {} }),
      forget: (conversationIds) =>
        set(({ threads, composers }) => ({
          threads: withoutKeys(threads, conversationIds),
          composers: withoutKeys(composers, conversationIds),
        })),
      connect: () => bridge.on('conversation.changed', ({ summary, message }) => receive(summary, message)),
    };
  });
}

/** The answer to `send` and the event about the same message may come in any order. */
function append(
  messages: readonly ConversationMessage[],
  message: ConversationMessage,
): ConversationMessage[] {
  return messages.some(({ id }) => id === message.id) ? [...messages] : [...messages, message];
}

function keepNewest(
  threads: Readonly<Record<string, Thread>>,
  activeId: string | null,
): Readonly<Record<string, Thread>> {
  const ids = Object.keys(threads);
  const oldest = ids.find((id) => id !== activeId);
  if (ids.length <= KEPT_THREADS || oldest === undefined) return threads;
  return Object.fromEntries(Object.entries(threads).filter(([id]) => id !== oldest));
}

export const selectThread = ({ activeId, threads }: ConversationState): Thread | null =>
  activeId === null ? null : (threads[activeId] ?? null);

export const selectComposer = ({ activeId, composers }: ConversationState): Composer =>
  (activeId === null ? undefined : composers[activeId]) ?? emptyComposer;

/** Whether a reply goes out from here. Until a conversation is read main decides, so that nothing waits for it. */
export const selectCanSend = (state: ConversationState): boolean => {
  const thread = selectThread(state);
  return thread?.kind === 'open' && thread.conversation.canSend === true;
};

/** How else a text can go back to the helpdesk of the conversation on screen. */
export const selectDelivers = (state: ConversationState): readonly DeliveryMode[] => {
  const thread = selectThread(state);
  return thread?.kind === 'open' ? (thread.conversation.delivers ?? NO_WAY) : NO_WAY;
};

const NO_WAY: readonly DeliveryMode[] = [];

export const ConversationContext = createStoreContext<ConversationState>();

export const useConversation = <T>(selector: (state: ConversationState) => T): T =>
  useSelected(ConversationContext, selector);

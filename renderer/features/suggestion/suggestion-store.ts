import { createStore, type StoreApi } from 'zustand/vanilla';

import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { DraftVariant } from '../../../shared/domain/draft.js';
import { withoutKeys } from '../../../shared/lib/without-keys.js';
import { createStoreContext, useSelected } from '../../bridge/store-context.js';
import {
  conversationOf,
  type Card,
  type Decision,
  type ReadyCard,
  type RunEvent,
  type RunEventName,
  type Version,
} from './card-state.js';
import { advanceCard, readyCard } from './card-updates.js';
import { createEditActions, type EditActions } from './edit-actions.js';
import { createRewriteActions, type RewriteActions } from './rewrite-actions.js';
import { createStrategyActions, type StrategyActions } from './strategy-actions.js';
import { asSuggested, withShown } from './versions.js';

const runEvents = [
  'suggestion.run_started',
  'suggestion.stage_changed',
  'suggestion.draft_streamed',
  'suggestion.ready',
  'suggestion.cancelled',
  'suggestion.failed',
  'suggestion.kept',
  'suggestion.model_ended',
] as const satisfies readonly RunEventName[];

/** What asking for another way to answer gives next. */
export const nextVariant: Record<DraftVariant, DraftVariant> = {
  standard: 'shorter',
  shorter: 'other_source',
  other_source: 'standard',
};

/** One card per conversation, kept while the rep works in another one. */
export interface SuggestionState extends StrategyActions, RewriteActions, EditActions {
  readonly activeId: string | null;
  readonly cards: Readonly<Record<string, Card>>;
  /** Versions that were on each card before, for its newest message. */
  readonly kept: Readonly<Record<string, readonly Version[]>>;
  /** Puts the card of a conversation on screen; asks main for it when it is not known yet. */
  readonly show: (conversationId: string | null) => Promise<void>;
  /** Starts a run for the conversation on screen; the run before it is over from this moment. */
  readonly ask: (variant: DraftVariant) => Promise<void>;
  /** Starts a run with the next way to answer and tells which; null when there is no card to vary. */
  readonly alternative: () => DraftVariant | null;
  readonly stop: () => Promise<void>;
  /** Remembers on the card what the rep did with its suggestion. */
  readonly decide: (runId: string, decision: Decision) => void;
  /** Milliseconds since the suggestion of this run came on screen; 0 when it is not the one shown. */
  readonly decisionMs: (runId: string) => number;
  /** The conversations of these cards are not on this machine any more. */
  readonly forget: (conversationIds: readonly string[]) => void;
  /** Begins to follow main; returns the function that stops. */
  readonly connect: () => () => void;
}

export type SuggestionStore = StoreApi<SuggestionState>;

/**
 * Keeps what the card of each conversation shows.
 * @param now Monotonic milliseconds, for the time to a decision.
 * @param isReading Whether the rep is in the reply just now, so that a model's reply must not take its place.
 */
export function createSuggestionStore(
  bridge: AssistBridge,
  now: () => number,
  isReading: () => boolean = () => false,
): SuggestionStore {
  return createStore<SuggestionState>()((set, get) => {
    const put = (conversationId: string, card: Card): void =>
      set(({ cards, kept }) => {
        const before = cards[conversationId];
        const versions = before?.kind === 'ready' ? withShown(kept[conversationId] ?? [], before) : null;
        return {
          cards: { ...cards, [conversationId]: card },
          ...(versions && { kept: { ...kept, [conversationId]: versions } }),
        };
      });

    /** Replies to an older message answer nothing any more. */
    function forgetOlder(conversationId: string, messageId: string): void {
      const versions = get().kept[conversationId] ?? [];
      if (versions.every(({ suggestion }) => suggestion.messageId === messageId)) return;
      set(({ kept }) => ({ kept: { ...kept, [conversationId]: [] } }));
    }

    function receive(event: RunEvent): void {
      const conversationId = conversationOf(event);
      const before = get().cards[conversationId];
      const isOnScreen = get().activeId === conversationId;
      const after = advanceCard(before, event, isOnScreen && isReading());
      if (after === undefined || after === before) return;
      put(conversationId, isOnScreen ? seen(after, now()) : after);
      if (event.name === 'suggestion.run_started') forgetOlder(conversationId, event.payload.messageId);
    }

    function readyOf(runId: string): { readonly conversationId: string; readonly card: ReadyCard } | null {
      for (const [conversationId, card] of Object.entries(get().cards))
        if (card.kind === 'ready' && card.suggestion.runId === runId) return { conversationId, card };
      return null;
    }

    function listenTo<N extends RunEventName>(name: N): () => void {
      // The pair of name and payload is what the bridge promises for each name; the compiler cannot see it per member.
      return bridge.on(name, (payload) => receive({ name, payload } as unknown as RunEvent));
    }

    async function generate(conversationId: string, variant: DraftVariant): Promise<void> {
      const waiting: Card = { kind: 'waiting' };
      put(conversationId, waiting);
      const result = await bridge.request('suggestion.generate', { conversationId, variant });
      if (result.ok || get().cards[conversationId] !== waiting) return;
      const isUnanswerable = result.error.code === 'SUGGESTION_NO_CUSTOMER_MESSAGE';
      put(
        conversationId,
        isUnanswerable ? { kind: 'idle' } : { kind: 'failed', runId: null, error: result.error },
      );
    }

    /** A reply by the other strategy may lie with main since before the window opened. */
    async function findOther(conversationId: string, runId: string): Promise<void> {
      const result = await bridge.request('suggestion.other', { conversationId });
      const card = readyOf(runId)?.card;
      if (result.ok && card?.other === null)
        put(conversationId, { ...card, other: result.value && asSuggested(result.value) });
    }

    const onScreen = {
      bridge,
      shown(): ReadyCard | null {
        const card = selectCard(get());
        return card?.kind === 'ready' ? card : null;
      },
      put: (card: ReadyCard): void => put(card.suggestion.conversationId, card),
      kept: ({ suggestion }: ReadyCard) => get().kept[suggestion.conversationId] ?? [],
      set,
    };

    return {
      activeId: null,
      cards: {},
      kept: {},
      ...createStrategyActions({ ...onScreen, now }),
      ...createRewriteActions(onScreen),
      ...createEditActions({
        ...{ bridge, readyOf, put, now },
        onScreen: () => {
          const { activeId, cards, kept } = get();
          if (activeId === null) return null;
          return { conversationId: activeId, card: cards[activeId], last: kept[activeId]?.at(-1) };
        },
      }),
      async show(conversationId) {
        set({ activeId: conversationId });
        if (conversationId === null) return;
        const card = get().cards[conversationId];
        if (card && card.kind !== 'idle') return put(conversationId, seen(card, now()));
        const waiting: Card = { kind: 'waiting' };
        put(conversationId, waiting);
        const result = await bridge.request('suggestion.latest', { conversationId });
        // A run that began meanwhile is newer than the answer.
        if (get().cards[conversationId] !== waiting) return;
        if (!result.ok) return put(conversationId, { kind: 'failed', runId: null, error: result.error });
        if (result.value === null) return generate(conversationId, 'standard');
        const shownAtMs = get().activeId === conversationId ? now() : null;
        put(conversationId, readyCard(result.value, shownAtMs));
        await findOther(conversationId, result.value.runId);
      },
      async ask(variant) {
        const { activeId } = get();
        if (activeId !== null) await generate(activeId, variant);
      },
      alternative() {
        const { activeId, cards, ask } = get();
        const card = activeId === null ? undefined : cards[activeId];
        if (card?.kind !== 'ready') return null;
        const variant = nextVariant[card.suggestion.variant];
        void ask(variant);
        return variant;
      },
      async stop() {
        const { activeId } = get();
        if (activeId !== null) await bridge.request('suggestion.cancel', { conversationId: activeId });
      },
      forget: (conversationIds) =>
        set(({ cards, kept }) => ({
          cards: withoutKeys(cards, conversationIds),
          kept: withoutKeys(kept, conversationIds),
        })),
      decide(runId, decision) {
        const found = readyOf(runId);
        if (!found) return;
        const { conversationId, card } = found;
        put(conversationId, { ...card, decision });
        // What the rep chose stays on the card, also after a restart: a model that is still writing must not take its place.
        if (card.modelRun && decision.kind !== 'rejected')
          void bridge.request('suggestion.pin', { conversationId, runId });
      },
      decisionMs(runId) {
        const shownAtMs = readyOf(runId)?.card.shownAtMs ?? null;
        return shownAtMs === null ? 0 : Math.max(0, now() - shownAtMs);
      },
      connect() {
        const stops = runEvents.map(listenTo);
        return () => stops.forEach((stop) => stop());
      },
    };
  });
}

function seen(card: Card, atMs: number): Card {
  return card.kind === 'ready' && card.shownAtMs === null ? { ...card, shownAtMs: atMs } : card;
}

/** The card of the conversation on screen; null when no conversation is open. */
export const selectCard = ({ activeId, cards }: SuggestionState): Card | null =>
  activeId === null ? null : (cards[activeId] ?? null);

export const SuggestionContext = createStoreContext<SuggestionState>();

export const useSuggestion = <T>(selector: (state: SuggestionState) => T): T =>
  useSelected(SuggestionContext, selector);

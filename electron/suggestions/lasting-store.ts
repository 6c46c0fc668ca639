import type { RunOrigin } from '../../shared/domain/feedback-event.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { SuggestionStore } from './suggestion-store.js';

/** More than a rep works on at once; older ones were decided on or passed by. */
const MAX_UNSAVED = 100;

/**
 * A store that gives a rep what was made although it cannot be written: a full disk takes no card away. What could not be written is held in
 * memory, says so on the card, and is written as soon as the disk takes it.
 */
export function createLastingStore(store: SuggestionStore, log: Logger): SuggestionStore {
  const unsaved = new Map<
    string,
    { readonly suggestion: Suggestion; readonly origin: RunOrigin | undefined }
  >();
  const pins = new Map<string, string | null>();

  const heldOf = (conversationId: string): Suggestion | null =>
    [...unsaved.values()].findLast(({ suggestion }) => suggestion.conversationId === conversationId)
      ?.suggestion ?? null;
  const find = (runId: string): Suggestion | null => unsaved.get(runId)?.suggestion ?? store.find(runId);
  const pinned = (conversationId: string): string | null =>
    pins.has(conversationId) ? (pins.get(conversationId) ?? null) : store.pinned(conversationId);

  /** Writes what waits; stops at the first that is not taken. */
  function catchUp(): void {
    for (const [runId, { suggestion, origin }] of unsaved) {
      store.save(suggestion, origin);
      unsaved.delete(runId);
    }
    for (const [conversationId, runId] of pins) {
      store.pin(conversationId, runId);
      pins.delete(conversationId);
    }
  }

  function latest(conversationId: string): Suggestion | null {
    const last = heldOf(conversationId) ?? store.latest(conversationId);
    const runId = pinned(conversationId);
    const held = runId === null ? null : find(runId);
    return held?.conversationId === conversationId && held.messageId === last?.messageId ? held : last;
  }

  return {
    save(suggestion, origin) {
      try {
        catchUp();
        store.save(suggestion, origin);
      } catch (error) {
        log.error('suggestion.not_stored', { runId: suggestion.runId, code: errorCodeOf(error) });
        unsaved.set(suggestion.runId, { suggestion, origin });
        const [oldest] = unsaved.keys();
        if (unsaved.size > MAX_UNSAVED && oldest !== undefined) unsaved.delete(oldest);
      }
    },
    find,
    origin: (runId) => (unsaved.has(runId) ? (unsaved.get(runId)?.origin ?? null) : store.origin(runId)),
    latest,
    other(conversationId) {
      const shown = latest(conversationId);
      const held = [...unsaved.values()].findLast(
        ({ suggestion }) =>
          suggestion.conversationId === conversationId &&
          suggestion.messageId === shown?.messageId &&
          suggestion.strategy !== shown.strategy,
      )?.suggestion;
      if (held) return held;
      const stored = store.other(conversationId);
      const isOther = stored?.messageId === shown?.messageId && stored?.strategy !== shown?.strategy;
      return isOther ? stored : null;
    },
    pin(conversationId, runId) {
      try {
        store.pin(conversationId, runId);
        pins.delete(conversationId);
      } catch (error) {
        log.error('pin.not_stored', { conversationId, code: errorCodeOf(error) });
        pins.set(conversationId, runId);
      }
    },
    pinned,
    forgetConversations(conversationIds) {
      const gone = new Set(conversationIds);
      for (const [runId, { suggestion }] of unsaved)
        if (gone.has(suggestion.conversationId)) unsaved.delete(runId);
      for (const id of conversationIds) pins.delete(id);
      store.forgetConversations(conversationIds);
    },
    idleSince: (then) => store.idleSince(then),
    outcomes: (conversationId, limit) => store.outcomes(conversationId, limit),
    isStored: (runId) => !unsaved.has(runId),
  };
}

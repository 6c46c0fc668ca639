import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import type { Card, ReadyCard, Version } from './card-state.js';
import { readyCard } from './card-updates.js';
import { keepCarried } from './carried-verdicts.js';
import { asSuggested } from './versions.js';

/** What the rep does to the words of a reply, and the ways back. */
export interface EditActions {
  /**
   * Changes the reply on the card and has it checked again; both come on screen at once. Gives the error when it could not be checked:
   * then the reply stays as it was. Does nothing when the card has moved on meanwhile.
   */
  readonly revise: (runId: string, sentences: readonly DraftSentence[]) => Promise<AppError | null>;
  /** Takes all changes of the reply back. */
  readonly restore: (runId: string) => void;
  /** Shows the version before, where asking for another one was stopped or failed; tells whether there is one. */
  readonly back: () => boolean;
}

interface EditDeps {
  readonly bridge: AssistBridge;
  readonly readyOf: (runId: string) => { readonly conversationId: string; readonly card: ReadyCard } | null;
  readonly put: (conversationId: string, card: Card) => void;
  readonly now: () => number;
  /** The card on screen, and the version that was on it last. */
  readonly onScreen: () => {
    readonly conversationId: string;
    readonly card: Card | undefined;
    readonly last: Version | undefined;
  } | null;
}

export function createEditActions({ bridge, readyOf, put, now, onScreen }: EditDeps): EditActions {
  return {
    async revise(runId, sentences) {
      const found = readyOf(runId);
      if (!found) return null;
      const { conversationId, card } = found;
      const result = await bridge.request('suggestion.check', { runId, sentences: [...sentences] });
      if (!result.ok) return result.error;
      const current = readyOf(runId)?.card;
      if (current?.suggestion !== card.suggestion || current.suggestion.outcome !== 'reply') return null;
      put(conversationId, {
        ...current,
        suggestion: { ...current.suggestion, ...keepCarried(current.suggestion, result.value) },
        original: current.original ?? current.suggestion,
      });
      return null;
    },
    restore(runId) {
      const found = readyOf(runId);
      if (found?.card.original)
        put(found.conversationId, { ...found.card, ...asSuggested(found.card.original) });
    },
    back() {
      const shown = onScreen();
      if (!shown?.last) return false;
      const { conversationId, card, last } = shown;
      if (card?.kind !== 'cancelled' && card?.kind !== 'failed') return false;
      const { runId } = last.suggestion;
      put(conversationId, { ...readyCard(last.suggestion, now()), ...last });
      void bridge.request('suggestion.pin', { conversationId, runId });
      return true;
    },
  };
}

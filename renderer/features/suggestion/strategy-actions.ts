import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import type { ReadyCard } from './card-state.js';
import { readyCard } from './card-updates.js';

/** What the rep does about the two ways a reply was written. */
export interface StrategyActions {
  /** Holds the suggestion on screen against a model that is still writing, or lets go of it. Tells what holds now. */
  readonly togglePin: () => Promise<AppError | boolean>;
  /** Shows the reply by the other strategy and holds it; null when there is none. */
  readonly switchStrategy: () => Promise<AppError | 'local' | 'model' | null>;
}

interface StrategyDeps {
  readonly bridge: AssistBridge;
  readonly shown: () => ReadyCard | null;
  readonly put: (card: ReadyCard) => void;
  readonly now: () => number;
}

export function createStrategyActions({ bridge, shown, put, now }: StrategyDeps): StrategyActions {
  /** The other suggestion comes on screen, this one becomes the other. */
  const swap = (card: ReadyCard, isHeld: boolean): void => {
    if (!card.other) return;
    const { modelRun, modelEnd, original, suggestion } = card;
    put({
      ...readyCard(card.other, now()),
      ...{ modelRun, modelEnd, isHeld, other: original ?? suggestion },
    });
  };
  return {
    async togglePin() {
      const card = shown();
      if (!card) return false;
      const { conversationId, runId } = card.suggestion;
      const isHeld = !card.isHeld;
      const result = await bridge.request('suggestion.pin', {
        conversationId,
        runId: isHeld ? runId : null,
      });
      if (!result.ok) return result.error;
      const after = shown();
      if (after?.suggestion.runId !== runId) return isHeld;
      if (result.value && result.value.runId === after.other?.runId) swap(after, isHeld);
      else put({ ...after, isHeld });
      return isHeld;
    },
    async switchStrategy() {
      const card = shown();
      if (!card?.other) return null;
      const { conversationId, runId, strategy } = card.other;
      const result = await bridge.request('suggestion.pin', { conversationId, runId });
      if (!result.ok) return result.error;
      const after = shown();
      if (after?.other?.runId !== runId) return null;
      swap(after, true);
      return strategy;
    },
  };
}

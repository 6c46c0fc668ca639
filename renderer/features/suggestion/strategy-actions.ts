import type { AssistBridge } from '../../../shared/contracts/ipc/index.js';
import type { AppError } from '../../../shared/errors/app-error.js';
import type { ReadyCard, Version } from './card-state.js';
import { readyCard } from './card-updates.js';
import { versionKey, versionOf, versionsOf } from './versions.js';

/** What the rep does about the two ways a reply was written. */
export interface StrategyActions {
  /** Holds the suggestion on screen against a model that is still writing, or lets go of it. Tells what holds now. */
  readonly togglePin: () => Promise<AppError | boolean>;
  /** Shows the reply by the other strategy and holds it; null when there is none. */
  readonly switchStrategy: () => Promise<AppError | 'local' | 'model' | null>;
  /** Whether the list of all versions for this message is open. */
  readonly isAlternativesOpen: boolean;
  readonly openAlternatives: (isOpen: boolean) => void;
  /** Shows the version of this name (`versionKey`), as the rep left it, and holds it; false when there is none any more. */
  readonly choose: (key: string) => Promise<AppError | boolean>;
}

interface StrategyDeps {
  readonly bridge: AssistBridge;
  readonly shown: () => ReadyCard | null;
  readonly put: (card: ReadyCard) => void;
  readonly now: () => number;
  /** Versions for the message of a card that were shown before. */
  readonly kept: (card: ReadyCard) => readonly Version[];
  readonly set: (part: Pick<StrategyActions, 'isAlternativesOpen'>) => void;
}

export function createStrategyActions({ bridge, shown, put, now, kept, set }: StrategyDeps): StrategyActions {
  /** A version comes on screen, with what the rep changed in it; the one by the other strategy stays within reach of one key. */
  const bring = (card: ReadyCard, version: Version, isHeld: boolean): void => {
    const { strategy } = version.suggestion;
    const others = [card.other, versionOf(card)];
    const other = others.find((one) => one !== null && one.suggestion.strategy !== strategy) ?? null;
    put({
      ...readyCard(version.suggestion, now()),
      ...version,
      ...{ modelRun: card.modelRun, modelEnd: card.modelEnd, isHeld, other },
    });
  };
  async function show(version: Version): Promise<AppError | boolean> {
    const { conversationId, runId, messageId } = version.suggestion;
    const result = await bridge.request('suggestion.pin', { conversationId, runId });
    if (!result.ok) return result.error;
    const after = shown();
    if (after?.suggestion.conversationId !== conversationId || after.suggestion.messageId !== messageId)
      return false;
    bring(after, version, true);
    return true;
  }
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
      const { other } = after;
      if (other && result.value?.runId === other.suggestion.runId) bring(after, other, isHeld);
      else put({ ...after, isHeld });
      return isHeld;
    },
    async switchStrategy() {
      const card = shown();
      if (!card?.other) return null;
      const done = await show(card.other);
      if (done === true) return card.other.suggestion.strategy;
      return done === false ? null : done;
    },
    openAlternatives: (isOpen) => set({ isAlternativesOpen: isOpen }),
    isAlternativesOpen: false,
    async choose(key) {
      const card = shown();
      const version = card && versionsOf(card, kept(card)).find((one) => versionKey(one) === key);
      if (!card || !version) return false;
      return versionKey(versionOf(card)) === key ? true : show(version);
    },
  };
}

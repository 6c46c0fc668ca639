import type { RewriteAction } from '../../shared/domain/rewrite.js';
import { selectComposer } from '../features/conversation/conversation-store.js';
import type { ActionTools } from './action-tools.js';
import type { Stores } from './stores.js';
import { strings } from './strings.js';

const words = strings.rewrite;

/** What the rep does with their own text. */
export interface OwnTextActions {
  /** Opens the ways to rewrite what stands in the composer. */
  readonly openOwnRewrite: () => void;
  readonly rewriteOwn: (action: RewriteAction) => void;
  /** Takes the rewrite back; tells whether there was one. */
  readonly undoOwnRewrite: () => boolean;
  /** Opens the ways to rewrite the reply on the card; where there is none, those of the rep's own text. */
  readonly openRewrite: () => void;
}

export function createOwnTextActions(stores: Stores, tools: ActionTools): OwnTextActions {
  const { conversation, suggestion } = stores;
  const { say, complain, shown } = tools;
  const hasText = (): boolean => selectComposer(conversation.getState()).text.trim() !== '';

  function openOwnRewrite(): void {
    if (!hasText()) return say(words.own.nothing, 'bad');
    void suggestion.getState().readModel();
    // Beside, the composer may be folded.
    if (!selectComposer(conversation.getState()).isOpen) conversation.getState().focusComposer();
    conversation.getState().openRewrite(true);
  }

  return {
    openOwnRewrite,
    rewriteOwn(action) {
      const { noModel } = suggestion.getState();
      if (noModel) return say(noModel === 'over_budget' ? words.whyOverBudget : words.whyNoModel, 'bad');
      void conversation
        .getState()
        .rewriteOwn(action, shown()?.runId ?? null)
        .then((outcome) => {
          if (outcome.kind === 'nothing') say(words.own.nothing, 'bad');
          if (outcome.kind === 'changed_meanwhile') say(words.own.changedMeanwhile, 'bad');
          if (outcome.kind === 'failed') complain(outcome.error);
          if (outcome.kind === 'rewritten') say(words.own.done(words.action[action.kind]));
        });
    },
    undoOwnRewrite() {
      const isUndone = conversation.getState().undoRewrite();
      if (isUndone) say(words.own.undone);
      return isUndone;
    },
    openRewrite() {
      if (shown()?.outcome === 'reply') void suggestion.getState().openRewrite(true);
      else if (hasText()) openOwnRewrite();
      else say(words.noReply, 'bad');
    },
  };
}

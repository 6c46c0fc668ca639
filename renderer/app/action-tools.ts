import type { AssistBridge } from '../../shared/contracts/ipc/index.js';
import type { FeedbackAction } from '../../shared/domain/feedback.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { AppError } from '../../shared/errors/app-error.js';
import type { Card } from '../features/suggestion/card-state.js';
import { showsModelText } from '../features/suggestion/card-view.js';
import { selectCard } from '../features/suggestion/suggestion-store.js';
import type { Stores } from './stores.js';
import { strings } from './strings.js';

/** What the rep's actions have in common. */
export interface ActionTools {
  readonly say: (message: string, tone?: 'bad') => void;
  readonly complain: (error: AppError) => void;
  readonly shownCard: () => Card | null;
  /** The finished suggestion on screen, as it is shown. */
  readonly shown: () => Suggestion | null;
  /** Whether a model is writing in the place of what is shown. */
  readonly isModelWriting: () => boolean;
  /** Stores a decision; when that fails the rep is told. */
  readonly record: (runId: string, action: FeedbackAction) => void;
  /** Gives whether the text is on the clipboard; the rep hears either way. */
  readonly writeClipboard: (body: string, confirmation: string) => Promise<boolean>;
  /** Does it at once for what customers may read, else only after the rep said so a second time. */
  readonly guarded: (how: 'insert' | 'copy', titles: readonly string[], proceed: () => void) => void;
}

export function createActionTools(bridge: AssistBridge, stores: Stores): ActionTools {
  const { suggestion, feedback, notice, guard } = stores;
  const say = notice.getState().say;
  const complain = ({ message, next }: AppError): void => say(`${message} ${next}`, 'bad');
  const shownCard = (): Card | null => selectCard(suggestion.getState());
  return {
    ...{ say, complain, shownCard },
    shown() {
      const card = shownCard();
      return card?.kind === 'ready' ? card.suggestion : null;
    },
    isModelWriting() {
      const card = shownCard();
      return card?.kind === 'ready' && showsModelText(card);
    },
    record(runId, action) {
      const decisionMs = suggestion.getState().decisionMs(runId);
      void feedback
        .getState()
        .submit(runId, action, decisionMs)
        .then((error) => error && say(`${strings.notice.notRecorded} ${error.next}`, 'bad'));
    },
    async writeClipboard(body, confirmation) {
      const result = await bridge.request('clipboard.write', { text: body });
      if (result.ok) say(confirmation);
      else complain(result.error);
      return result.ok;
    },
    guarded(how, titles, proceed) {
      if (titles.length === 0) proceed();
      else guard.getState().hold({ kind: 'internal', how, titles: [...new Set(titles)] }, proceed);
    },
  };
}

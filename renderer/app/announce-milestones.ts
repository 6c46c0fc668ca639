import { selectCard, type SuggestionStore } from '../features/suggestion/suggestion-store.js';
import { groundedness } from '../features/suggestion/card-view.js';
import type { Card } from '../features/suggestion/card-state.js';
import type { Suggestion } from '../../shared/domain/suggestion.js';
import type { NoticeStore } from './notice-store.js';
import { strings } from './strings.js';

interface MilestoneDeps {
  readonly suggestion: SuggestionStore;
  readonly notice: NoticeStore;
}

/** Tells screen readers when the card on screen came to something. Returns the function that ends it. */
export function announceMilestones({ suggestion, notice }: MilestoneDeps): () => void {
  return suggestion.subscribe((state, before) => {
    const card = selectCard(state);
    const previous = selectCard(before);
    if (card === previous || card === null || milestoneOf(card) === milestoneOf(previous)) return;
    const text = milestoneOf(card);
    if (text !== null) notice.getState().announce(text);
  });
}

function milestoneOf(card: Card | null): string | null {
  const text = strings.notice;
  if (card?.kind === 'failed') return text.failed;
  if (card?.kind !== 'ready') return null;
  const { suggestion, modelEnd, other } = card;
  const model = strings.modelCard;
  if (modelEnd) return model.ended(modelEnd.message);
  if (suggestion.strategy === 'local' && other?.suggestion.strategy === 'model')
    return model.notice.besideReady;
  const own = outcomeOf(suggestion);
  return suggestion.strategy === 'model' ? `${model.notice.ready} ${own}` : own;
}

function outcomeOf(suggestion: Suggestion): string {
  const text = strings.notice;
  switch (suggestion.outcome) {
    case 'reply': {
      const { supported, claims } = groundedness(suggestion.draft.sentences, suggestion.critique);
      return text.ready(strings.reply.grounded(supported, claims));
    }
    case 'withheld':
      return text.withheld(suggestion.message);
    case 'escalated':
      return text.escalated(suggestion.handover.reason);
  }
}

import { PlaybookSection } from '../features/playbook/playbook-section.js';
import { selectCard, useSuggestion } from '../features/suggestion/suggestion-store.js';

/** The playbook of what the card found the customer to want, where the team has one. */
export function CardPlaybook() {
  const card = useSuggestion(selectCard);
  const progress = card?.kind === 'ready' ? card.suggestion.playbook : undefined;
  return progress ? <PlaybookSection progress={progress} /> : null;
}

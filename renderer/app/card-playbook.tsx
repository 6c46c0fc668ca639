import type { Action } from '../../shared/domain/action.js';
import type { ChangeStanding } from '../../shared/playbook/with-ticks.js';
import { useActions } from '../features/actions/actions-store.js';
import { PlaybookSection } from '../features/playbook/playbook-section.js';
import { selectCard, useSuggestion } from '../features/suggestion/suggestion-store.js';
import { strings } from './strings.js';

/** The playbook of what the card found the customer to want, where the team has one. */
export function CardPlaybook() {
  const card = useSuggestion(selectCard);
  const actions = useActions((state) => state.actions);
  const progress = card?.kind === 'ready' ? card.suggestion.playbook : undefined;
  return progress ? <PlaybookSection progress={progress} changes={actions.map(standingOf)} /> : null;
}

function standingOf({ tool, status, proof }: Action): ChangeStanding {
  const isMade = status === 'succeeded';
  return {
    ...{ tool, isMade },
    detail: isMade && proof !== null ? proof : strings.playbook.underChanges(strings.changes.status[status]),
  };
}

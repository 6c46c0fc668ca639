import type { Action } from '../../../shared/domain/action.js';
import type { Suggestion } from '../../../shared/domain/suggestion.js';

/** What the card on screen is about, as far as changes need it; null while there is none. */
export type AnsweredMessage = Pick<Suggestion, 'messageId' | 'proposals'> | null;

/**
 * Whether a change that waits comes from a message before the one the card answers, which does not ask for it again. It still waits, since the
 * customer may want both; the rep should see that the newest message says nothing of it.
 */
export function isFromEarlier(
  { status, messageId, tool, systemId }: Pick<Action, 'status' | 'messageId' | 'tool' | 'systemId'>,
  answered: AnsweredMessage,
): boolean {
  if (status !== 'waiting_for_rep' || !answered || answered.messageId === messageId) return false;
  return !answered.proposals.some((one) => one.tool === tool && one.systemId === systemId);
}

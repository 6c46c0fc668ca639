import { leavesUnanswered, type Suggestion, type WithheldReason } from '../../shared/domain/suggestion.js';
import type { Escalation } from '../../shared/domain/intent.js';

/** What a stored suggestion came to, without the rest of it. */
export interface PastOutcome {
  readonly messageId: string;
  readonly outcome: Suggestion['outcome'];
  /** Why there was no reply; null when it was not withheld. */
  readonly withheldFor: WithheldReason | null;
  /** Why a human was to take over; null when nobody was. */
  readonly escalatedFor: Escalation['reason'] | null;
}

/**
 * How many of the customer's messages in a row, the newest left out, the knowledge had no answer for. Of several suggestions for one message
 * (another wording, another source) the newest counts. `outcomes` are those of one conversation, newest first.
 */
export function unansweredInARow(outcomes: readonly PastOutcome[], newestMessageId: string): number {
  const newestOf = new Map<string, PastOutcome>();
  for (const past of outcomes) if (!newestOf.has(past.messageId)) newestOf.set(past.messageId, past);
  newestOf.delete(newestMessageId);
  let count = 0;
  for (const past of newestOf.values()) {
    if (!hadNoAnswer(past)) break;
    count += 1;
  }
  return count;
}

function hadNoAnswer({ outcome, withheldFor, escalatedFor }: PastOutcome): boolean {
  if (outcome === 'withheld') return withheldFor !== null && leavesUnanswered(withheldFor);
  return outcome === 'escalated' && escalatedFor === 'no_evidence';
}

import type { Suggestion } from '../../shared/domain/suggestion.js';
import { leavesUnanswered } from '../../shared/domain/suggestion.js';

/**
 * How many of the customer's messages in a row, the newest left out, the knowledge had no answer for. Of several suggestions for one message
 * (another wording, another source) the newest counts. `suggestions` are those of one conversation, newest first.
 */
export function unansweredInARow(suggestions: readonly Suggestion[], newestMessageId: string): number {
  const newestOf = new Map<string, Suggestion>();
  for (const suggestion of suggestions)
    if (!newestOf.has(suggestion.messageId)) newestOf.set(suggestion.messageId, suggestion);
  newestOf.delete(newestMessageId);
  let count = 0;
  for (const suggestion of newestOf.values()) {
    if (!hadNoAnswer(suggestion)) break;
    count += 1;
  }
  return count;
}

function hadNoAnswer(suggestion: Suggestion): boolean {
  if (suggestion.outcome === 'withheld') return leavesUnanswered(suggestion.reason);
  return suggestion.outcome === 'escalated' && suggestion.intent.escalation?.reason === 'no_evidence';
}

import { MAX_REVISIONS } from './stages.js';
import type { SuggestionState } from './state.js';

/** The part of the state a route may look at. */
export type RouteState = Pick<SuggestionState, 'customerIntent' | 'withheld' | 'draftCritique' | 'draft'>;

/** After evidence and facts are in: a human, no reply, or a draft. A human goes first, whatever else is true. */
export function afterFacts({ customerIntent, withheld }: RouteState): 'escalation' | 'drafting' | 'present' {
  if (customerIntent?.escalation) return 'escalation';
  return withheld ? 'present' : 'drafting';
}

/** After drafting: there may be nothing to say, and nothing needs no critique. */
export function afterDrafting({ draft, withheld }: RouteState): 'critique' | 'present' {
  return draft && !withheld ? 'critique' : 'present';
}

/** After critique: write again while that can still help, else show what there is. */
export function afterCritique({ draftCritique, draft }: RouteState): 'drafting' | 'present' {
  const canRevise = draft !== null && draft.revision < MAX_REVISIONS;
  return draftCritique?.verdict === 'revise' && canRevise ? 'drafting' : 'present';
}

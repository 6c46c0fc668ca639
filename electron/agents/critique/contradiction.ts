import type { Term } from '../text/terms/terms.js';

/** Why a claim says the contrary of a unit that speaks of the same. */
export interface Contradiction {
  readonly kind: 'negation_differs' | 'condition_differs';
  readonly message: string;
  /** The word of the claim it turns on; null where it is about the whole. */
  readonly term: Term | null;
}

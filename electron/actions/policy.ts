import type { Money, PolicyFinding } from '../../shared/domain/action.js';
import type { Fact } from '../../shared/domain/tool-call.js';

/** One action as policy rules look at it. */
export interface PolicyQuestion {
  readonly tool: string;
  readonly input: Readonly<Record<string, string>>;
  readonly amount: Money | null;
  /** What the preview and the look-ups of the card found. */
  readonly facts: readonly Fact[];
  /** Who would approve it alone. */
  readonly role: 'rep' | 'lead';
}

/** Checks the team's rules and limits by code; asks nobody. Rules that are kept are named too. */
export type CheckPolicy = (question: PolicyQuestion) => readonly PolicyFinding[];

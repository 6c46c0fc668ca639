import type { IntentCandidate } from '../../shared/domain/intent.js';

/** What the classifier makes of one text. */
export interface Classification {
  /** Best first, calibrated, at most five; empty when the team has no intents. */
  readonly candidates: readonly IntentCandidate[];
  /** Calibrated probability that any of the team's intents fits, 0 to 1. */
  readonly inScope: number;
}

/** Tells which of the team's intents a text carries. */
export interface IntentClassifier {
  classify(text: string, signal?: AbortSignal): Promise<Classification>;
}

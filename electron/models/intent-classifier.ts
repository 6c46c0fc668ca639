import type { IntentCandidate } from '../../shared/domain/intent.js';

/** A word as it was written and as it was meant, both in lower case. */
export type Correction = readonly [written: string, meant: string];

/** What the classifier makes of one text. */
export interface Classification {
  /** Best first, calibrated, at most five; empty when the team has no intents. */
  readonly candidates: readonly IntentCandidate[];
  /** Calibrated probability that any of the team's intents fits, 0 to 1. */
  readonly inScope: number;
  /** Typing errors that were put right before reading. */
  readonly corrections?: readonly Correction[];
}

/** Tells which of the team's intents a text carries. */
export interface IntentClassifier {
  classify(text: string, signal?: AbortSignal): Promise<Classification>;
}

/** The text with the corrections made, for reading and searching; a corrected word is in lower case. */
export function withCorrections(text: string, corrections: readonly Correction[]): string {
  if (corrections.length === 0) return text;
  const meant = new Map(corrections);
  return text.replace(/[a-z]+/giu, (word) => meant.get(word.toLowerCase()) ?? word);
}

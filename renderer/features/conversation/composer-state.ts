import type { AppError } from '../../../shared/errors/app-error.js';

/** A text that comes from a suggestion, whose `runId` ties what is sent to it, or from the knowledge (null). */
export interface Insertion {
  readonly text: string;
  readonly runId: string | null;
}

/** What stands in the composer of one conversation. */
export interface Composer {
  readonly text: string;
  /** The suggestion the text started from; null when the rep wrote it from scratch. */
  readonly runId: string | null;
  /** The inserted text as it was, to tell an untouched insertion from the rep's own words. */
  readonly insertedText: string | null;
  /** Whether the field is unfolded, where the layout folds it. */
  readonly isOpen: boolean;
  readonly sending:
    | { readonly kind: 'resting' }
    | { readonly kind: 'sending' }
    | { readonly kind: 'failed'; readonly error: AppError };
}

export const emptyComposer: Composer = {
  text: '',
  runId: null,
  insertedText: null,
  isOpen: false,
  sending: { kind: 'resting' },
};

/** The rep typed: an emptied composer has no origin any more. */
export function typed(composer: Composer, text: string): Composer {
  if (text === '') return { ...emptyComposer, isOpen: composer.isOpen };
  return { ...composer, text, sending: { kind: 'resting' } };
}

/**
 * A suggestion goes into the composer. It replaces nothing and an untouched earlier insertion;
 * the rep's own words stay above it.
 */
export function withInserted(
  composer: Composer,
  { text, runId }: Insertion,
): { readonly composer: Composer; readonly how: 'replaced' | 'added' } {
  const isOwnText = composer.text.trim() !== '' && composer.text !== composer.insertedText;
  const rest = { runId: runId ?? composer.runId, isOpen: true, sending: { kind: 'resting' } } as const;
  if (!isOwnText) return { composer: { ...rest, text, insertedText: text }, how: 'replaced' };
  const joined = `${composer.text.trimEnd()}\n\n${text}`;
  return { composer: { ...rest, text: joined, insertedText: null }, how: 'added' };
}

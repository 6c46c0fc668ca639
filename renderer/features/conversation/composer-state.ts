import type { Critique } from '../../../shared/domain/critique.js';
import type { DraftSentence } from '../../../shared/domain/draft.js';
import type { RewriteAction, Rewritten } from '../../../shared/domain/rewrite.js';
import type { DeliveryMode } from '../../../shared/domain/helpdesk.js';
import type { AppError } from '../../../shared/errors/app-error.js';

/** A text that comes from a suggestion, whose `runId` ties what is sent to it, or from the knowledge (null). */
export interface Insertion {
  readonly text: string;
  readonly runId: string | null;
}

/** The rep's own text, or a part of it, said in another way. */
export interface OwnRewrite {
  readonly action: RewriteAction['kind'];
  /** As everything was, to go back to. */
  readonly before: Composer;
  /** The whole text as it came out; once it is changed, the verdicts are of something else. */
  readonly after: string;
  /** What was rewritten, with its verdicts; null where there was nothing to check it against. */
  readonly sentences: readonly DraftSentence[];
  readonly critique: Critique | null;
}

/** What a text goes out as: to the customer, to the team alone, or into the helpdesk to be sent from there. */
export type SentAs = DeliveryMode;

/** What stands in the composer of one conversation. */
export interface Composer {
  readonly text: string;
  /** The suggestion the text started from; null when the rep wrote it from scratch. */
  readonly runId: string | null;
  /** The inserted text as it was, to tell an untouched insertion from the rep's own words. */
  readonly insertedText: string | null;
  /** The rewrite the text comes from; null where it comes from none. */
  readonly rewrite: OwnRewrite | null;
  /** Whether the field is unfolded, where the layout folds it. */
  readonly isOpen: boolean;
  readonly sending:
    | { readonly kind: 'resting' }
    | { readonly kind: 'sending'; readonly as: SentAs }
    | { readonly kind: 'failed'; readonly as: SentAs; readonly error: AppError };
}

export const emptyComposer: Composer = {
  text: '',
  runId: null,
  insertedText: null,
  rewrite: null,
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
  const rest = {
    ...{ runId: runId ?? composer.runId, rewrite: null, isOpen: true },
    sending: { kind: 'resting' },
  } as const;
  if (!isOwnText) return { composer: { ...rest, text, insertedText: text }, how: 'replaced' };
  const joined = `${composer.text.trimEnd()}\n\n${text}`;
  return { composer: { ...rest, text: joined, insertedText: null }, how: 'added' };
}

/** Where words are selected, counted in UTF-16 units. */
export interface Selection {
  readonly start: number;
  readonly end: number;
}

/** What of a text is rewritten: what is selected, else all of it; without the blanks around. Null where that is nothing. */
export function rewritable(text: string, selection: Selection | null): Selection | null {
  const isPart = selection && text.slice(selection.start, selection.end).trim() !== '';
  const { start, end } = isPart ? selection : { start: 0, end: text.length };
  const words = text.slice(start, end);
  if (words.trim() === '') return null;
  return { start: end - words.trimStart().length, end: start + words.trimEnd().length };
}

/** The text with the rewritten words in place of those they were made of. */
export function withRewritten(
  composer: Composer,
  { start, end }: Selection,
  action: RewriteAction['kind'],
  { text, sentences, critique }: Rewritten,
): Composer {
  const after = composer.text.slice(0, start) + text + composer.text.slice(end);
  const rewrite = { action, before: composer, after, sentences, critique };
  return { ...composer, text: after, rewrite, sending: { kind: 'resting' } };
}

/** The rewrite on screen, whose verdicts are of what stands there; null once the rep went on writing. */
export const untouchedRewrite = ({ rewrite, text }: Composer): OwnRewrite | null =>
  rewrite?.after === text ? rewrite : null;

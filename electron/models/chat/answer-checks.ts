import { detectAll } from 'tinyld';

import type { ModelFailureCode } from '../../../shared/domain/model-run.js';
import type { Finish } from './provider.js';

/** Shorter text is too little to tell a language by. */
const LEAST_FOR_LANGUAGE = 60;
/** How much surer another language must be than the expected one; both are shares of 1. */
const LANGUAGE_MARGIN = 0.35;
/** A refusal says so at once and briefly; a reply to a customer that declines something is longer and does not speak of itself. */
const REFUSAL_LIMIT = 400;
const REFUSAL =
  /\b(as an ai( language)? model|i(?:'m| am) an ai\b|(can(?:'|’)?t|cannot|can not|unable to|won(?:'|’)t|not able to) (assist|help|comply|fulfil+|continue|engage)( you)? with (that|this|your|the) (request|topic|conversation)?)/i;

export interface AnswerExpectation {
  /** ISO 639-1 of the language the text must be in; null takes any. */
  readonly language: string | null;
  /** Whether the answer is text to be read; a form or a choice of tools is checked by its schema instead. */
  readonly isProse: boolean;
}

/**
 * What is wrong with an answer that came to its end, worst first; null when nothing is.
 * `hasTools` says that the model chose a tool, which is an answer without text.
 */
export function faultOf(
  text: string,
  finish: Finish,
  { language, isProse }: AnswerExpectation,
  hasTools: boolean,
): ModelFailureCode | null {
  if (finish === 'refused') return 'MODEL_REFUSED';
  if (repeatsItself(text, isProse)) return 'MODEL_REPEATED_ITSELF';
  if (finish === 'length' || finish === 'unknown') return 'MODEL_CUT_OFF';
  if (text.trim() === '') return hasTools ? null : 'MODEL_EMPTY';
  if (!isProse) return null;
  if (text.length <= REFUSAL_LIMIT && REFUSAL.test(text.slice(0, 200))) return 'MODEL_REFUSED';
  return language !== null && isInAnother(text, language) ? 'MODEL_WRONG_LANGUAGE' : null;
}

/** A block of at least this many characters... */
const LEAST_BLOCK = 3;
/** ...that stands at the end so many times in a row is a loop; short blocks need more, since "ha ha ha" and rules of dashes exist. */
const LONG_BLOCK = 24;
const TIMES = { long: 4, short: 12 } as const;
/** A filled form may well hold the same entry several times. */
const TIMES_IN_FORM = 20;
const LONGEST_BLOCK = 400;

/**
 * Whether the end of a text is one block over and over: a model caught in a loop, which would go on until its limit.
 * Marks and white space alone (tables, rules) do not count. Compares at most 1600 characters (8000 in a form).
 */
export function repeatsItself(text: string, isProse = true): boolean {
  for (let size = LEAST_BLOCK; size <= LONGEST_BLOCK; size += 1) {
    const times = !isProse ? TIMES_IN_FORM : size >= LONG_BLOCK ? TIMES.long : TIMES.short;
    const length = size * times;
    if (length > text.length) break;
    const end = text.slice(text.length - length);
    // The end is periodic with `size` exactly when it equals itself moved by one block.
    if (end.slice(size) === end.slice(0, length - size) && /[\p{L}\p{N}]/u.test(end.slice(0, size)))
      return true;
  }
  return false;
}

function isInAnother(text: string, expected: string): boolean {
  // Placeholders, addresses and numbers have no language.
  const words = text.replace(/[[<{][^\]>}]{0,60}[\]>}]|https?:\S+|\S*\d\S*/g, ' ');
  if (words.replace(/\s+/g, ' ').trim().length < LEAST_FOR_LANGUAGE) return false;
  const found = detectAll(words);
  const shareOf = (code: string): number => found.find(({ lang }) => lang === code)?.accuracy ?? 0;
  const best = found[0];
  return best !== undefined && best.lang !== expected && best.accuracy - shareOf(expected) > LANGUAGE_MARGIN;
}

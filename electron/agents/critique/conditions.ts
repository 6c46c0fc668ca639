import type { Term } from '../text/terms/terms.js';
import type { Statement } from './statement.js';

/** A part of a statement that says when or under what condition the rest holds. */
export interface Condition {
  /** Which way it limits: after or at an event, before it, where something is so, or everywhere but there. */
  readonly kind: 'after' | 'before' | 'if' | 'unless';
  /** Says that nothing else is waited for: "as soon as", "the moment". */
  readonly isAtOnce: boolean;
  readonly start: number;
  readonly end: number;
  /** Its content, one list for each part joined by "and" (all must hold). */
  readonly parts: readonly (readonly Term[])[];
}

const OPENERS =
  /\b(as soon as|the (?:moment|minute)|immediately (?:after|when)|once(?! (?:per|a|an)\b)|after|when(?:ever)?|from the (?:day|date|moment)|on the day|upon|before|until|till|as long as|provided(?: that)?|if|unless|except (?:if|when))\b/giu;
const AT_ONCE = /^(?:as soon as|the |immediately)/iu;
/** Where a condition ends: the next comma, the next condition, a statement that begins anew. */
const END = /[,;:.]|\b(?:as soon as|once|after|when|before|until|unless|if)\b/iu;
const AND = /\s+and\s+(?:also\s+)?/giu;

/** By terms, which the units of an article keep from run to run. */
const known = new WeakMap<readonly Term[], readonly Condition[]>();

/** The conditions of a statement in the order they stand. */
export function conditionsOf(statement: Statement): readonly Condition[] {
  const before = known.get(statement.terms);
  if (before) return before;
  const conditions = readConditions(statement);
  known.set(statement.terms, conditions);
  return conditions;
}

function readConditions({ text, content, isOnlyAfter }: Statement): Condition[] {
  return [...text.matchAll(OPENERS)].map(({ 0: opener, index }) => {
    const from = index + opener.length;
    const length = text.slice(from).search(END);
    const end = length < 0 ? text.length : from + length;
    const cuts = [...text.slice(from, end).matchAll(AND)].map((and) => from + and.index);
    const bounds = [from, ...cuts, end];
    const parts = bounds
      .slice(1)
      .map((to, at) => content.filter((term) => term.start >= (bounds[at] ?? from) && term.end <= to))
      .filter((terms) => terms.length > 0);
    const kind = kindOf(opener.toLowerCase(), text.slice(from, end), isOnlyAfter);
    return { kind, isAtOnce: AT_ONCE.test(opener), start: index, end, parts };
  });
}

/** "Not before it is paid" is after; "as long as it is not packed" is before. */
function kindOf(opener: string, said: string, isOnlyAfter: boolean): Condition['kind'] {
  if (opener.startsWith('unless') || opener.startsWith('except')) return 'unless';
  if (/^(?:before|until|till)/u.test(opener)) return isOnlyAfter ? 'after' : 'before';
  if (opener === 'as long as' && /\b(?:not|no|never)\b|n['’]t\b/iu.test(said)) return 'before';
  return /^(?:if|as long as|provided)/u.test(opener) ? 'if' : 'after';
}

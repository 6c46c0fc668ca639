import { meansSame, type Term } from '../text/terms/terms.js';
import { has } from './alignment.js';
import { conditionsOf } from './conditions.js';
import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

/** A claim about more, or about fewer, than its source: "any address" for "the same address", "even at night", "only by email". */
export function otherScope(claim: Statement, unit: PoolUnit): Contradiction | null {
  return (
    universal(claim, unit) ??
    evenBeyond(claim, unit) ??
    withoutMore(claim, unit) ??
    onlyAdded(claim, unit) ??
    oneForEach(claim, unit)
  );
}

const ALL = new Set(['any', 'every', 'all', 'each']);
/** Adjectives that pick some out of all. */
const PICKS =
  /^(?:new|same|first|second|third|last|own|original|open|unused|bulky|final|valid|current|old|small|large|whole|full|single|next|several|two)$|(?:ed|al|able|ible|ive|ary)$/iu;

/** "Any device" where the source says "a new device". */
function universal(claim: Statement, unit: PoolUnit): Contradiction | null {
  for (const [at, term] of claim.terms.entries()) {
    if (!ALL.has(term.word)) continue;
    const noun = claim.terms[at + 1];
    if (!noun || noun.isLight || /[,;.]/u.test(claim.text.slice(term.end, noun.start))) continue;
    const places = unit.terms.flatMap((own, place) => (!own.isLight && meansSame(own, noun) ? [place] : []));
    const picks = places.map((place) => {
      const before = unit.terms[place - 1];
      const isPick =
        before !== undefined &&
        /^\s$/u.test(unit.text.slice(before.end, unit.terms[place]?.start)) &&
        PICKS.test(unit.text.slice(before.start, before.end)) &&
        !claim.terms.some((other) => other.stem === before.stem);
      return isPick ? before : null;
    });
    const [pick] = picks;
    if (pick && picks.every((one) => one !== null))
      return differs(`The source says this of "${pick.word}" only.`, noun);
  }
  return null;
}

/** "Even at the weekend" where the source does not speak of it. */
function evenBeyond(claim: Statement, unit: PoolUnit): Contradiction | null {
  const even =
    /\beven (?:if|when|though|after|before|at|on|for|with|without|in|during|while|once)\b[^,;.]*/iu.exec(
      claim.text,
    );
  if (!even) return null;
  return strangersWithin(claim, unit, even.index, even.index + even[0].length, 'The source does not go so far.');
}

/** "Without any confirmation" where the source speaks of none. */
function withoutMore(claim: Statement, unit: PoolUnit): Contradiction | null {
  const without = /\bwithout (?!losing|missing|affecting|changing|harming)(?:any |a |an |the |your |having to |further )?[\p{L}-]+(?: [\p{L}-]+)?/iu.exec(
    claim.text,
  );
  if (!without) return null;
  const end = without.index + without[0].length;
  return strangersWithin(claim, unit, without.index, end, 'The source does not say that it is not needed.');
}

function strangersWithin(
  { content }: Statement,
  unit: PoolUnit,
  start: number,
  end: number,
  message: string,
): Contradiction | null {
  const words = content.filter((term) => term.start >= start && term.end <= end);
  const isStrange = words.every((term) => !has(unit, term) && !has(unit.context, term));
  return words.length > 0 && isStrange ? differs(message, words[0] ?? null) : null;
}

const ONLY = /\b(?:only|solely|exclusively)\b/iu;
/** What in a source leaves no other way. */
const EXCLUSIVE =
  /\b(?:only|solely|exclusively|must|needs?|has to|have to|required?|unless|except|no|not|cannot|never|without|until|before|within|up to|at most|always|single|one|n['’]t)\b|\b1\b/iu;

/** "Only by email" where the source names a way among others. */
function onlyAdded(claim: Statement, unit: PoolUnit): Contradiction | null {
  const only = ONLY.exec(claim.text);
  if (!only || claim.negations.length > 0) return null;
  const limit = limitAfter(claim, only);
  if (limit.length === 0) return null;
  const isConditional = conditionsOf(claim).some(({ start }) => start >= only.index);
  if (!(isConditional ? ONLY : EXCLUSIVE).test(unit.text)) {
    const strange = limit.find((term) => !has(unit, term) && !has(unit.context, term));
    return strange ? differs('The source does not say "only".', strange) : null;
  }
  const own = ONLY.exec(unit.text);
  if (!own) return null;
  const ownLimit = limitAfter(unit, own);
  const left = limit.filter((term) => !ownLimit.some((other) => meansSame(other, term)));
  const isReplaced = ownLimit.some((term) => !limit.some((other) => meansSame(other, term)));
  return isReplaced && left.length > 0 && left.length < claim.content.length && left.every((term) => has(unit, term))
    ? differs('The source says "only" of something else.', left[0] ?? null)
    : null;
}

/** What "only" limits to: a condition that follows, else the content after it, else the content before it. */
function limitAfter(statement: Statement, only: RegExpExecArray): Term[] {
  const { text, content } = statement;
  const from = only.index + only[0].length;
  const condition = conditionsOf(statement).find(({ start }) => start >= from);
  if (condition && condition.parts.length > 0) return condition.parts.flat();
  const length = text.slice(from).search(/[,;.]/u);
  const end = length < 0 ? text.length : from + length;
  const after = content.filter((term) => term.start >= from && term.end <= end);
  return after.length > 0 ? after : content.filter((term) => term.end <= only.index);
}

const SHARED = /\b(?:a single|one single|the same|a shared|one common|only one)\b/iu;
const APART = /\b(?:(?:one|1|its own|their own|a separate)\b[^,;.]*\b(?:each|every|per)|each\b[^,;.]*\bown)\b/iu;

/** "A single number" where the source gives each its own. */
function oneForEach(claim: Statement, unit: PoolUnit): Contradiction | null {
  return SHARED.test(claim.text) && APART.test(unit.text) && !/\b(?:each|every|per)\b/iu.test(claim.text)
    ? differs('The source gives each its own.', null)
    : null;
}

function differs(message: string, term: Term | null): Contradiction {
  return { kind: 'condition_differs', message, term };
}

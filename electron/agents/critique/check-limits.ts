import { meansSame, type Term } from '../text/terms/terms.js';
import { has } from './alignment.js';
import { conditionsOf } from './conditions.js';
import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

/** A claim that sets a limit its source does not have, or that lifts one: "only by email", "optional", "at any time", "no longer". */
export function otherLimit(claim: Statement, unit: PoolUnit): Contradiction | null {
  return onlyAdded(claim, unit) ?? notNeeded(claim, unit) ?? atAnyTime(claim, unit) ?? notLonger(claim, unit);
}

/** Says that nothing else will do. */
export const SAYS_ONLY = /\b(?:only|solely|exclusively)\b/iu;
/** What in a source leaves no other way. */
const EXCLUSIVE =
  /\b(?:only|solely|exclusively|must|needs?|has to|have to|required?|unless|except|no|not|cannot|never|without|until|before|within|up to|at most|always|single|one|n['’]t)\b|\b1\b/iu;

/** "Only by email" where the source names a way among others. */
function onlyAdded(claim: Statement, unit: PoolUnit): Contradiction | null {
  const only = SAYS_ONLY.exec(claim.text);
  if (!only || claim.negations.length > 0) return null;
  const limit = limitAfter(claim, only);
  if (limit.length === 0) return null;
  const strange = limit.filter((term) => !has(unit, term) && !has(unit.context, term));
  const isConditional = conditionsOf(claim).some(({ start }) => start >= only.index);
  const isAdded = isConditional
    ? !SAYS_ONLY.test(unit.text) && strange.length > limit.length / 2
    : !EXCLUSIVE.test(unit.text) && strange.length > 0;
  if (isAdded) return differs('The source does not say "only".', strange[0] ?? null);
  const own = SAYS_ONLY.exec(unit.text);
  if (!own) return null;
  const ownLimit = limitAfter(unit, own);
  const left = limit.filter((term) => !ownLimit.some((other) => meansSame(other, term)));
  const isReplaced = ownLimit.some((term) => !limit.some((other) => meansSame(other, term)));
  return isReplaced &&
    left.length > 0 &&
    left.length < claim.content.length &&
    left.every((term) => has(unit, term))
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

const NEEDLESS =
  /\b(?:optional|voluntary|not (?:needed|necessary|required|mandatory)|no need|needn['’]t)\b/iu;
const NEEDED = /\b(?:must|needs? to|has to|have to|required?|mandatory|always)\b/iu;

/** "Optional" where the source says "must". */
function notNeeded(claim: Statement, unit: PoolUnit): Contradiction | null {
  if (!NEEDLESS.test(claim.text) || !NEEDED.test(unit.text)) return null;
  return unit.negations.length === 0 && !NEEDLESS.test(unit.text)
    ? differs('The source says that this is needed.', null)
    : null;
}

const UNLIMITED =
  /\b(?:at any time|any time|anytime|whenever (?:you|they) (?:like|want|wish|please)|no (?:deadline|time limit)|for ever|forever|indefinitely)\b/iu;
const LIMITED = /\b(?:until|within|before|up to|at least|at the latest|no later than)\b/iu;

/** "At any time" where the source sets a limit. */
function atAnyTime(claim: Statement, unit: PoolUnit): Contradiction | null {
  const isLimited = LIMITED.test(unit.text) && (unit.measures.length > 0 || unit.relations.length > 0);
  return UNLIMITED.test(claim.text) && isLimited && !UNLIMITED.test(unit.text) && claim.measures.length === 0
    ? differs('The source sets a limit in time.', null)
    : null;
}

const LONGER = /\blonger\b(?! than \d)/iu;
const NOT_LONGER =
  /\b(?:no longer(?=\s*(?:than\b|[.,;]|$))|not? (?:take|last|need)\w* (?:any )?longer|shorter|faster|quicker|sooner|(?:just )?as (?:long|fast|quickly) as|the same time)\b/iu;

/** "Takes no longer", "is quicker" where the source says "takes longer". */
function notLonger(claim: Statement, unit: PoolUnit): Contradiction | null {
  return NOT_LONGER.test(claim.text) &&
    LONGER.test(unit.text) &&
    unit.negations.length === 0 &&
    !NOT_LONGER.test(unit.text)
    ? differs('The source says that it takes longer.', null)
    : null;
}

function differs(message: string, term: Term | null): Contradiction {
  return { kind: 'condition_differs', message, term };
}

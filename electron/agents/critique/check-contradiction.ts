import { otherAgent } from './check-agent.js';
import { conditionTurn, otherCondition } from './check-conditions.js';
import { mixesClauses } from './check-clauses.js';
import { allowsHarm, forbidsHarm } from './check-harm.js';
import { otherLimit } from './check-limits.js';
import { otherScope } from './check-scope.js';
import { otherSequence } from './check-sequence.js';
import { clausesOf } from '../text/clauses.js';
import { meansSame, type Term } from '../text/terms/terms.js';
import { sameMeasure } from '../text/measures.js';
import type { Negation } from '../text/negation.js';
import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import { pairsOf, type Pair } from './pairs.js';
import type { Statement } from './statement.js';

/** Whether a claim and a unit point the same way: as they stand, only after turning one round twice, or not. */
export interface Direction {
  readonly agrees: 'directly' | 'by_inference' | 'no';
  readonly contradiction: Contradiction | null;
}

/**
 * Compares which way a claim and a unit that covers it point: negations by the word they turn round, words of opposite sense, and before
 * against after the same event. Each turns the meaning; an even number of turns ("not after" for "before") says the same again.
 */
export function directionOf(claim: Statement, unit: PoolUnit, sentence: Statement): Direction {
  const contradiction = findContradiction(claim, unit, sentence);
  if (contradiction) return { agrees: 'no', contradiction };
  return { agrees: temporalTurn(claim, unit) ? 'by_inference' : 'directly', contradiction };
}

function findContradiction(claim: Statement, unit: PoolUnit, sentence: Statement): Contradiction | null {
  const pairs = pairsOf(claim, unit, sentence);
  // One word in common is no common subject.
  if (sentence.content.length > 1 && new Set(pairs.map((pair) => pair.claim)).size < 2) return null;
  const turned =
    forbidsHarm(claim, unit) || deniesTheRest(claim, unit) ? null : negationTurn(claim, unit, pairs);
  const bound = boundTurn(claim, unit);
  // "Smaller than 50 MB" turns the bound, not the size as well.
  const opposed = pairs.filter(
    ({ isOpposite, claim: { word } }) =>
      isOpposite && !(bound && /^(?:\p{L}+er|more|less|above|below)$/u.test(word)),
  );
  const temporal = temporalTurn(claim, unit);
  const conditional = !temporal && conditionTurn(claim, unit, opposed.length);
  const turns = [turned !== null, temporal, conditional, bound].filter(Boolean).length + opposed.length;
  if (turns % 2 === 1) {
    const [first] = opposed;
    // "Charged only when it is packed" bears out "not charged" of what is not packed.
    const only = unit.terms.find(({ word }) => word === 'only');
    if (
      turned &&
      only &&
      unit.negations.length === 0 &&
      !limitOf(unit, only).some((term) => pairs.some((pair) => pair.unit === term))
    )
      return null;
    if (turned) return { kind: 'negation_differs', message: 'The source says the opposite.', term: turned };
    if (first)
      return {
        kind: 'condition_differs',
        message: `The source says "${first.unit.word}", not "${first.claim.word}".`,
        term: first.claim,
      };
    return {
      kind: 'condition_differs',
      message: conditional
        ? 'The source says this under the contrary condition.'
        : 'The source says before where this says after.',
      term: null,
    };
  }
  const event = otherEvent(claim, unit);
  if (event || !sharesMeasure(claim, unit)) return event;
  return (
    lostLimit(claim, unit, pairs) ??
    lostException(claim, unit, pairs) ??
    lostDelay(claim, unit) ??
    freeTurn(claim, unit) ??
    otherAgent(claim, unit) ??
    demandForOffer(claim, unit) ??
    otherCondition(claim, unit) ??
    otherScope(claim, unit) ??
    otherLimit(claim, unit) ??
    otherSequence(sentence, unit) ??
    allowsHarm(claim, unit) ??
    mixesClauses(claim, unit)
  );
}

/**
 * "Without a copy we cannot change it" and "no other may be used" say what "only with a copy" and "only ours" say, and "the attic has
 * none" what "all except the attic" says.
 */
function deniesTheRest(claim: Statement, unit: PoolUnit): boolean {
  const { text, negations } = claim;
  if (negations.length === 0 || unit.negations.length > 0) return false;
  const except = /\b(?:except|apart from|other than)\b/iu.exec(unit.text);
  if (except)
    return unit.content.some(
      (term) => term.start > except.index && claim.content.some((own) => meansSame(own, term)),
    );
  const isTwice = negations.length === 2 && /\b(?:without|if|unless)\b/iu.test(text);
  const isOther = negations.length === 1 && /\b(?:other|else)\b/iu.test(text);
  return (isTwice || isOther) && /\b(?:only|must|needs?|has to|have to|required?)\b/iu.test(unit.text);
}

/** The word whose negation differs, or null. Only words that both have can tell. */
function negationTurn(claim: Statement, unit: PoolUnit, pairs: readonly Pair[]): Term | null {
  if (claim.negations.length === 0 && unit.negations.length === 0) return null;
  // "Postway will, Swiftline won't.": which verb is meant cannot be told.
  if (
    claim.negations.some(({ head, scope }) => head === null && scope.size > 0) &&
    /\b(?:won't|not|no)[.!]?$/iu.test(claim.text)
  )
    return null;
  const reaches = (negations: readonly Negation[], term: Term): boolean =>
    negations.some(({ scope }) => scope.has(term));
  const isHead = (negations: readonly Negation[], term: Term): boolean =>
    negations.some(({ heads }) => heads.has(term));
  const telling = pairs.filter(
    ({ claim: a, unit: b }) => isHead(claim.negations, a) || isHead(unit.negations, b),
  );
  // The same word can stand in a unit twice, once denied: the kinder reading counts.
  const words = [...new Set(telling.map(({ claim: a }) => a))];
  const inMain = words.filter((term) => claim.main.includes(term));
  const differing = (inMain.length > 0 ? inMain : words).map((term) => {
    const group = inBestClause(
      pairs.filter(({ claim: a }) => a === term),
      pairs,
      unit,
    );
    const agrees = group.some(({ unit: b }) => reaches(claim.negations, term) === reaches(unit.negations, b));
    return agrees ? null : term;
  });
  return differing.length > 0 && !differing.includes(null) ? (differing[0] ?? null) : null;
}

/** A claim about a number is limited by a unit that has it, not by one about something near. */
function sharesMeasure(claim: Statement, unit: PoolUnit): boolean {
  return (
    claim.measures.length === 0 ||
    claim.measures.some((measure) => unit.measures.some((own) => sameMeasure(own, measure)))
  );
}

/** Where the unit has the word twice, the one in the clause that shares most with the claim. */
function inBestClause(group: readonly Pair[], pairs: readonly Pair[], unit: PoolUnit): readonly Pair[] {
  if (group.length < 2) return group;
  const clauses = clausesOf(unit.text);
  const clauseOf = (term: Term): number =>
    clauses.findIndex(({ start, end }) => start <= term.start && term.end <= end);
  const weight = (pair: Pair): number => {
    const own = clauseOf(pair.unit);
    return new Set(pairs.filter((other) => clauseOf(other.unit) === own).map(({ claim }) => claim)).size;
  };
  const most = Math.max(...group.map(weight));
  return group.filter((pair) => weight(pair) === most);
}

/** "Longer than 3 months is not possible" against "up to 3 months". */
function boundTurn(claim: Statement, unit: PoolUnit): boolean {
  return claim.measures.some((measure) =>
    unit.measures.some(
      (own) =>
        sameMeasure(own, measure) &&
        ((own.bound === 'at_least' && measure.bound === 'at_most') ||
          (own.bound === 'at_most' && measure.bound === 'at_least')),
    ),
  );
}

function temporalTurn(claim: Statement, unit: PoolUnit): boolean {
  return claim.relations.some(({ order, event }) => {
    const own = unit.relations.filter((relation) => relation.event === event);
    return (
      order !== 'at' &&
      own.length > 0 &&
      own.every((relation) => relation.order !== order && relation.order !== 'at')
    );
  });
}

/** The clause of a unit that shares most with the main part of a claim; undefined where several do. */
function bestClause(claim: Statement, unit: PoolUnit): { start: number; end: number } | undefined {
  const clauses = clausesOf(unit.text).map(({ start, end }) => ({
    start,
    end,
    shared: unit.content.filter(
      (term) => term.start >= start && term.end <= end && claim.main.some((own) => meansSame(own, term)),
    ).length,
  }));
  const most = Math.max(0, ...clauses.map(({ shared }) => shared));
  const best = clauses.filter(({ shared }) => shared === most);
  return best.length === 1 ? best[0] : undefined;
}

/** "On the day you order" where the source counts from delivery. */
function otherEvent(claim: Statement, unit: PoolUnit): Contradiction | null {
  const clause = bestClause(claim, unit);
  for (const { event, isKnown, order } of claim.relations) {
    const rivals = unit.relations.filter(
      (relation) =>
        relation.isKnown && (!clause || (relation.start >= clause.start && relation.start < clause.end)),
    );
    if (!isKnown || rivals.length === 0) continue;
    if (rivals.some((relation) => relation.event === event)) continue;
    const sameOrder = rivals.some((relation) => (relation.order === 'before') === (order === 'before'));
    if (sameOrder)
      return {
        kind: 'condition_differs',
        message: `The source counts from another event (${rivals[0]?.event ?? ''}, not ${event}).`,
        term: null,
      };
  }
  return null;
}

/** "Not reserved until you have paid" does not bear out "is reserved". */
function lostDelay(claim: Statement, unit: PoolUnit): Contradiction | null {
  const isSaid =
    claim.relations.length > 0 ||
    claim.negations.length > 0 ||
    /\b(?:if|when|once|only)\b/iu.test(claim.text);
  return unit.isOnlyAfter && !isSaid
    ? { kind: 'condition_differs', message: 'The source allows this only later.', term: null }
    : null;
}

/** "You need an account to" where the source says what one may do, not what one must. */
function demandForOffer(claim: Statement, unit: PoolUnit): Contradiction | null {
  const demand = /\b(?:need|needs|must|has to|have to|required?)\b/iu.exec(claim.text);
  if (
    !demand ||
    claim.negations.length > 0 ||
    /\b(?:if|when|unless|to (?:get|receive|use|collect))\b/iu.test(claim.text)
  )
    return null;
  const offers = /^(?:\p{L}+ )?(?:you|guests|customers|members) (?:also )?(?:can|may)\b/iu.test(unit.text);
  const demands = /\b(?:needs?|must|has to|have to|required?|only|please)\b/iu.test(unit.text);
  return offers && !demands && !/\bif\b/iu.test(unit.text)
    ? { kind: 'condition_differs', message: 'The source allows this; it does not demand it.', term: null }
    : null;
}

/** A fee where the source says it is free. */
function freeTurn(claim: Statement, unit: PoolUnit): Contradiction | null {
  const isFree = (one: Statement): boolean => one.keys.has('=free');
  const pays = claim.content.find(
    (term) =>
      ['cost', 'fee', 'charg', 'pai', 'pay', 'price'].includes(term.stem) &&
      !claim.negations.some(({ scope }) => scope.has(term)),
  );
  const hasAmount = unit.measures.some((measure) => measure.unit === 'money');
  const asksAmount = claim.measures.some((measure) => measure.unit === 'money');
  return pays && !asksAmount && isFree(unit) && !isFree(claim) && !hasAmount
    ? { kind: 'condition_differs', message: 'The source says this is free.', term: pays }
    : null;
}

/** What "only" limits to: the words after it, or the two before it where nothing follows ("new orders only"). */
function limitOf(unit: PoolUnit, only: Term): Term[] {
  const end = unit.text.slice(only.end).search(/[,;]/u);
  const until = end < 0 ? unit.text.length : only.end + end;
  const after = unit.content.filter(({ start }) => start > only.start && start < until);
  if (after.length > 0) return after;
  const before = unit.content.filter(({ start }) => start < only.start);
  return before.at(-1)?.isCapital === true ? before.slice(-1) : before.slice(-2);
}

const ONLY = /\b(?:only|solely|just for|except)\b/iu;

/** "Only if the whole order is returned": a claim that leaves the limit out says more than the source. */
function lostLimit(claim: Statement, unit: PoolUnit, pairs: readonly Pair[]): Contradiction | null {
  const only = unit.terms.find(({ word }) => word === 'only');
  const limited = only ? limitOf(unit, only) : [];
  const isWithin = limited.length > 0 && limited.every((term) => pairs.some((pair) => pair.unit === term));
  const widens = isWithin ? null : /\b(?:also|too|even|as well)\b/iu.exec(claim.text);
  if (only && widens && !ONLY.test(claim.text) && !/\b(?:also|too|even|as well)\b/iu.test(unit.text))
    return { kind: 'condition_differs', message: 'The source says "only".', term: null };
  if (!only || ONLY.test(claim.text) || claim.negations.length > 0 || unit.negations.length > 0) return null;
  const limit = unit.content.filter(({ start }) => start > only.start);
  if (limit.length === 0) return null;
  const kept = limit.filter((term) => pairs.some((pair) => pair.unit === term));
  const measures = unit.measures.filter(({ start }) => start > only.start);
  const keepsMeasure = measures.some((own) => claim.measures.some(({ value }) => value === own.value));
  return kept.length === 0 && !keepsMeasure
    ? { kind: 'condition_differs', message: 'The source allows this only under a condition.', term: null }
    : null;
}

/** "Except refurbished items": a claim that counts the exception in says the contrary. */
function lostException(claim: Statement, unit: PoolUnit, pairs: readonly Pair[]): Contradiction | null {
  const except = unit.terms.find(({ word }) => word === 'except' || word === 'unless');
  if (!except || /\b(?:except|unless|other than|apart from|not|n't|if)\b/iu.test(claim.text)) return null;
  const named = pairs.find((pair) => pair.unit.start > except.start && !pair.isOpposite);
  const before = pairs.some((pair) => pair.unit.start < except.start);
  return named && before
    ? { kind: 'condition_differs', message: 'The source makes an exception for this.', term: named.claim }
    : null;
}

import { sameMeasure } from '../text/measures.js';
import { meansSame, type Term } from '../text/terms/terms.js';
import { has } from './alignment.js';
import { conditionsOf, type Condition } from './conditions.js';
import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

/** What claim and unit must have in common outside their conditions for the conditions to be about the same. */
const MIN_SAME_MAIN = 0.6;
const MIN_MAIN = 2;
const MIN_SAME_SAID = 0.75;

/**
 * A claim that puts another condition in the place of the one in its source ("as soon as you drop it off" for "after the inspection"), or
 * that keeps only one of two which both must hold.
 * @param minMain how many words the claim must have outside its condition to be compared.
 */
export function otherCondition(claim: Statement, unit: PoolUnit, minMain = MIN_MAIN): Contradiction | null {
  const own = conditionsOf(unit);
  if (own.length === 0) return null;
  const said = conditionsOf(claim);
  return (
    exchanged(claim, said, unit, own, minMain) ?? halved(claim, said, unit, own) ?? hastened(said, unit, own)
  );
}

function exchanged(
  claim: Statement,
  said: readonly Condition[],
  unit: PoolUnit,
  own: readonly Condition[],
  minMain: number,
): Contradiction | null {
  for (const condition of said) {
    // What follows an "and" may be a statement of its own.
    const [words = []] = condition.parts;
    const main = claim.content.filter((term) => !words.includes(term));
    const shared = main.filter((term) => has(unit, term)).length;
    if (namesSameEvent(claim, unit)) continue;
    if (words.length === 0 || main.length < minMain || shared < MIN_SAME_MAIN * main.length) continue;
    const rival = own.find(
      (other) => isRival(condition, other) && isExchanged(claim, words, unit, other.parts[0] ?? []),
    );
    if (rival)
      return differs(
        `The source names another condition ("${unit.text.slice(rival.start, rival.end).trim()}").`,
        words[0] ?? null,
      );
  }
  return null;
}

/** "Once it is back at our warehouse" and "after it has arrived" are one event, however they are put. */
function namesSameEvent(claim: Statement, unit: PoolUnit): boolean {
  return claim.relations.some(
    ({ event, order, isKnown }) =>
      isKnown &&
      unit.relations.some((own) => own.event === event && (own.order === 'before') === (order === 'before')),
  );
}

/** "If" and "when" are used for one another. */
function isRival(a: Condition, b: Condition): boolean {
  return a.kind === b.kind && a.kind === 'after';
}

/** Whether two conditions have little in common, and each something the other statement does not speak of. */
function isExchanged(
  claim: Statement,
  words: readonly Term[],
  unit: PoolUnit,
  rival: readonly Term[],
): boolean {
  // One word may be another for the same ("cooking", "use").
  if (rival.length === 0 || words.length < 2) return false;
  const common = words.filter((term) => rival.some((other) => meansSame(other, term))).length;
  const back = rival.filter((term) => words.some((other) => meansSame(other, term))).length;
  return (
    common <= words.length / 2 &&
    back <= rival.length / 2 &&
    words.some((term) => !has(unit, term) && !has(unit.context, term)) &&
    rival.some((term) => !has(claim, term))
  );
}

function halved(
  claim: Statement,
  said: readonly Condition[],
  unit: PoolUnit,
  own: readonly Condition[],
): Contradiction | null {
  const isStrict = said.some(({ isAtOnce, parts }) => isAtOnce && parts.length < 2);
  for (const { parts, start, end } of own) {
    const isOnly = /\bonly\s*$/iu.test(unit.text.slice(0, start));
    if (parts.length < 2 || !(isOnly || isStrict)) continue;
    const measures = unit.measures.filter((one) => one.start >= start && one.stop <= end);
    const isKept = (terms: readonly Term[]): boolean =>
      terms.some((term) => claim.content.some((other) => meansSame(other, term))) ||
      measures.some(
        (one) =>
          terms.some((term) => Math.abs(term.start - one.start) < NEAR_MEASURE) &&
          claim.measures.some((other) => sameMeasure(one, other)),
      );
    const kept = parts.filter(isKept);
    if (kept.length > 0 && kept.length < parts.length)
      return differs('The source names a second condition that must hold too.', null);
  }
  return null;
}

const POSITIVE: ReadonlySet<Condition['kind']> = new Set(['after', 'if']);

/**
 * Whether claim and unit name the same condition and say the contrary of it: "unless it is damaged" for "if it is damaged", "before" for
 * "when".
 * @param opposed how many words of the claim have their contrary in the unit.
 */
export function conditionTurn(claim: Statement, unit: PoolUnit, opposed: number): boolean {
  const own = conditionsOf(unit);
  // Where something else is said, the condition may be the other one for that reason: "stays until" and "ends when".
  const said = claim.main.filter((term) => has(unit, term)).length + opposed;
  if (own.length === 0 || said < MIN_SAME_SAID * claim.main.length) return false;
  return conditionsOf(claim).some(({ kind, parts }) => {
    const words = parts[0] ?? [];
    const same = own.filter((other) => {
      const [rival = []] = other.parts;
      const common = words.filter((term) => rival.some((one) => meansSame(one, term))).length;
      // "Order" alone is the same in "is placed" and "is packed".
      return common > Math.min(words.length, rival.length) / 2;
    });
    return same.length > 0 && same.every((other) => POSITIVE.has(other.kind) !== POSITIVE.has(kind));
  });
}

/** "As soon as you close it" where the source says 30 days after. */
function hastened(
  said: readonly Condition[],
  unit: PoolUnit,
  own: readonly Condition[],
): Contradiction | null {
  const soon = said.find(({ isAtOnce }) => isAtOnce);
  if (!soon) return null;
  const [words = []] = soon.parts;
  const later = own.some(
    ({ kind, start, parts }) =>
      kind === 'after' &&
      (parts[0] ?? []).some((term) => words.some((other) => meansSame(other, term))) &&
      unit.measures.some((one) => one.stop <= start && unit.text.slice(one.stop, start).trim() === ''),
  );
  return later ? differs('The source says that this takes some time.', words[0] ?? null) : null;
}

/** Characters between a number and a word of the same part. */
const NEAR_MEASURE = 25;

function differs(message: string, term: Term | null): Contradiction {
  return { kind: 'condition_differs', message, term };
}

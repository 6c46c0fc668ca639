import { sameMeasure, type Measure } from '../text/measures.js';
import type { Alignment } from './alignment.js';
import type { PoolUnit } from './evidence-pool.js';
import { fatal, type Finding } from './finding.js';
import { isBoundWithin, measureWithin } from './segments.js';
import type { Statement } from './statement.js';

/** A unit that has the number must cover the claim nearly as well as the best one that has another. */
const BINDING_SLACK = 0.12;
/** Below this a unit with the number speaks of something else. */
const MIN_RECALL = 0.3;
const ABSOLUTE = /\b(?:always|never|every|only|just|exactly)\b/iu;

/**
 * Every number, amount, day, duration, share and code of a claim must stand in a unit that says the same about the same thing: a number
 * that belongs to another row or another rule is as wrong as an invented one.
 * @param ranked units by how well they cover the claim, best first.
 */
export function checkMeasures(claim: Statement, ranked: readonly Alignment[]): Finding[] {
  return claim.measures.flatMap((measure) => checkMeasure(measure, claim, ranked) ?? []);
}

function checkMeasure(measure: Measure, claim: Statement, ranked: readonly Alignment[]): Finding | null {
  // "One order" counts nothing that could be wrong.
  if (measure.unit === 'count' && measure.value === '1') return null;
  const kind = measure.unit === 'date' ? 'date_not_in_source' : 'number_not_in_source';
  const said = claim.text.slice(measure.start, measure.stop).trim();
  const words = { start: measure.start, end: measure.stop };
  const holders = ranked.filter(({ unit }) => holds(unit, measure, claim));
  const [best] = ranked;
  const [holder] = holders;
  const right = best && rightValue(measure, best.unit);
  // "Once a week" for "every week".
  if (!holder && measure.unit === 'times' && measure.value === '1' && !hasRival(measure, best?.unit))
    return null;
  if (!holder && isElliptic(measure, claim) && ranked.some(({ unit }) => hasNumber(unit, measure)))
    return null;
  if (!best || !holder) {
    return fatal(kind, `"${said}" is in no source.`, { words, replacement: right ?? null });
  }
  if (isStrictBound(measure, claim, holder.unit))
    return fatal('number_not_in_source', `"${said}" is only the beginning of a range in the source.`, {
      words,
    });
  if (!isBoundIn(measure, claim, holder.unit))
    return fatal(kind, `The source says "${said}" about something else.`, { words });
  if (holders.every(({ unit }) => splitsPair(measure, claim, unit)))
    return fatal(kind, `The source does not say "${said}" together with the rest.`, { words });
  const isBound = holder.score >= best.score - BINDING_SLACK || !hasRival(measure, best.unit);
  if (isBound && (holder.recall >= MIN_RECALL || claim.content.length <= 1)) return null;
  return fatal(kind, `The source says "${said}" about something else.`, {
    words,
    replacement: right ?? null,
  });
}

function holds(unit: PoolUnit, measure: Measure, claim: Statement): boolean {
  return (
    unit.measures.some(
      (other) =>
        sameMeasure(measure, other) && !isDenied(unit, other) && !opposite(measure, other, claim, unit),
    ) || unit.context.measures.some((other) => sameMeasure(measure, other))
  );
}

/** "Not within 30 days": the number is named to be denied. */
function isDenied({ negations, terms }: PoolUnit, { start }: Measure): boolean {
  return negations.some(({ head, heads, scope }) => {
    const inScope = terms.filter((term) => scope.has(term));
    const [first] = inScope;
    const end = head?.start ?? (heads.size === 0 ? (inScope.at(-1)?.end ?? 0) : 0);
    return first !== undefined && first.start <= start && start < end;
  });
}

/** "No more than 8 W" against "above 8 W". */
function opposite(a: Measure, b: Measure, claim: Statement, unit: PoolUnit): boolean {
  // "Unlocked after 30 minutes" and "locked up to 30 minutes" are the same.
  if (isDelay(a, claim) || isDelay(b, unit)) return false;
  if (a.bound === 'exact' || b.bound === 'exact' || a.end !== 'single' || b.end !== 'single') return false;
  return a.bound !== b.bound && unit.negations.length === 0 && claim.negations.length === 0;
}

function isDelay({ start }: Measure, { text }: Statement): boolean {
  return /\bafter\s+(?:the |a |an )?$/iu.test(text.slice(0, start));
}

/** "Another five to seven until": what is counted stands in the clause before. */
function isElliptic({ unit, stop }: Measure, { text }: Statement): boolean {
  return (
    unit === 'count' &&
    !/^\s*\p{L}+/u.test(text.slice(stop).replace(/^\s*(?:until|more|when|after|for|to|if|and|or)\b/iu, '.'))
  );
}

function hasNumber(unit: PoolUnit, { value }: Measure): boolean {
  return unit.measures.some(({ start, stop }) =>
    unit.text
      .slice(start, stop)
      .split(/[^\d.]+/u)
      .includes(value),
  );
}

function isBoundIn(measure: Measure, claim: Statement, unit: PoolUnit): boolean {
  const places = unit.measures.filter((own) => sameMeasure(own, measure));
  return (
    places.length === 0 ||
    places.some(({ start }) => isBoundWithin(claim, unit, start, measureWithin(claim, unit, measure)))
  );
}

/** "6 W gives 900 lumen": the row of 6 W has other lumens. */
function splitsPair(measure: Measure, claim: Statement, unit: PoolUnit): boolean {
  return claim.measures.some(
    (other) =>
      other.unit !== measure.unit &&
      ![other.unit, measure.unit].some((kind) => kind === 'count' || kind === 'times') &&
      !unit.measures.some((own) => sameMeasure(own, other)) &&
      unit.measures.some((own) => own.unit === other.unit),
  );
}

function isStrictBound(measure: Measure, claim: Statement, unit: PoolUnit): boolean {
  if (measure.end !== 'single' || measure.bound === 'at_least') return false;
  if (!unit.measures.some((other) => sameMeasure(measure, other) && other.end === 'low')) return false;
  if (unit.measures.some((other) => sameMeasure(measure, other) && other.end !== 'low')) return false;
  const isWholeRange = claim.measures.some(
    (other) =>
      other !== measure && unit.measures.some((own) => own.end === 'high' && sameMeasure(other, own)),
  );
  if (isWholeRange) return false;
  const before = claim.text.slice(0, measure.start);
  return measure.bound === 'at_most' || ABSOLUTE.test(before) || measure.unit !== 'money';
}

function hasRival(measure: Measure, unit: PoolUnit | undefined): boolean {
  if (!unit) return false;
  if (measure.unit === 'money' && unit.keys.has('=free')) return true;
  return unit.measures.some((other) => other.unit === measure.unit || (isTime(other) && isTime(measure)));
}

function isTime({ unit }: Measure): boolean {
  return ['time', 'business_day', 'month', 'night'].includes(unit);
}

/** What the source says in its place: the only number of its unit there, as it is written. */
function rightValue(measure: Measure, unit: PoolUnit): string | undefined {
  const rivals = unit.measures.filter((other) => other.unit === measure.unit);
  const places = new Set(rivals.map(({ start, stop }) => unit.text.slice(start, stop).trim()));
  return places.size === 1 ? [...places][0] : undefined;
}

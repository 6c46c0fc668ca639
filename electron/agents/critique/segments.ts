import { clausesOf } from '../text/clauses.js';
import { sameMeasure, type Measure } from '../text/measures.js';
import { meansSame, type Term } from '../text/terms/terms.js';
import { has } from './alignment.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

interface Segment {
  readonly start: number;
  readonly end: number;
}

/**
 * Parts of a unit that speak of different things: clauses, cells of a row, and the sides of an "and" or a comma that each have a number of
 * one kind or a name ("beans within 6 weeks and ground coffee within 2 weeks").
 */
function segmentsOf(unit: PoolUnit): readonly Segment[] {
  return clausesOf(unit.text).flatMap(({ start, end }) => splitParallel(unit, start, end));
}

const JOINT = /,\s+(?:and\s+)?|\s+and\s+/gu;

function splitParallel(unit: PoolUnit, start: number, end: number): Segment[] {
  const marked = [
    ...unit.measures.filter((one) => one.end !== 'high').map((one) => ({ kind: one.unit, at: one.start })),
    ...unit.content
      .filter((term) => term.isCapital && term.start > 0)
      .map((term) => ({ kind: 'name', at: term.start })),
  ];
  for (const { 0: joint, index } of unit.text.slice(start, end).matchAll(JOINT)) {
    const [left, right] = [start + index, start + index + joint.length];
    const within = (from: number, to: number) => marked.filter(({ at }) => at >= from && at < to);
    const [before, after] = [within(start, left), within(right, end)];
    const kinds = before.map(({ kind }) => kind).filter((kind) => after.some((other) => other.kind === kind));
    // Two names alone are a list; with a verb on both sides they are two statements.
    const isParallel = kinds.some((kind) => kind !== 'name' || sharesWord(unit, start, left, right, end));
    const hasWords = [unit.text.slice(start, left), unit.text.slice(right, end)].every(
      (side) => (side.match(/\p{L}{3,}/gu)?.length ?? 0) >= 2,
    );
    const starts = /^\p{L}/u.test(unit.text.slice(right));
    if (isParallel && hasWords && starts) return [{ start, end: left }, ...splitParallel(unit, right, end)];
  }
  return [{ start, end }];
}

function sharesWord(unit: PoolUnit, start: number, left: number, right: number, end: number): boolean {
  const between = (from: number, to: number) =>
    unit.terms.filter((term) => term.start >= from && term.start < to);
  const words = new Set(
    between(start, left)
      .filter(({ word, isLight, isCapital }) => !isCapital && (!isLight || word === 'be'))
      .map(({ stem }) => stem),
  );
  return between(right, end).some(({ stem, isCapital }) => !isCapital && words.has(stem));
}

/**
 * Whether a unit says its word or number at `place` about what the claim says it about: in the part of the unit that has most of the
 * claim's other words. A part without a rival of its own has nothing to be confused with.
 */
export function isBoundWithin(
  claim: Statement,
  unit: PoolUnit,
  place: number,
  isRival: (start: number, end: number) => boolean,
): boolean {
  const segments = segmentsOf(unit);
  if (segments.length < 2) return true;
  const home = segments.find(({ start, end }) => start <= place && place < end);
  if (!home) return true;
  const matched = unit.content.filter((term) => !isAt(term, place) && has(claim, term));
  const inside = (term: Term, { start, end }: Segment): boolean => start <= term.start && term.start < end;
  const own = (segment: Segment): number =>
    new Set(
      matched
        .filter((term) => inside(term, segment))
        .filter((term) => !matched.some((other) => other.stem === term.stem && !inside(other, segment)))
        .map(({ stem }) => stem),
    ).size;
  // "Ground coffee within 6 weeks": the word before the number belongs to the other part.
  const pivot = pivotOf(claim, unit, place);
  if (pivot) {
    const homes = unit.content.filter((term) => meansSame(pivot, term));
    const isElsewhere = homes.length > 0 && homes.every((term) => !inside(term, home));
    if (
      isElsewhere &&
      segments.some(
        (one) => one !== home && homes.some((term) => inside(term, one)) && isRival(one.start, one.end),
      )
    )
      return false;
  }
  return segments.every(
    (segment) => segment === home || own(segment) <= own(home) || !isRival(segment.start, segment.end),
  );
}

/** The claim's last word before the number or name that the unit has at a place. */
function pivotOf(claim: Statement, unit: PoolUnit, place: number): Term | undefined {
  const there = unit.measures.find(({ start, stop }) => start <= place && place < stop);
  const own = there && claim.measures.find((one) => sameMeasure(one, there));
  return own && claim.content.findLast(({ end }) => end <= own.start);
}

function isAt({ start, end }: Term, place: number): boolean {
  return start <= place && place < end;
}

/** Whether a number of the same kind that the claim does not have stands in a part of a unit. */
export function measureWithin(
  claim: Statement,
  unit: PoolUnit,
  { unit: kind }: Measure,
): (start: number, end: number) => boolean {
  const rivals = unit.measures.filter(
    (one) => one.unit === kind && !claim.measures.some((own) => sameMeasure(own, one)),
  );
  return (start, end) => rivals.some((one) => one.start >= start && one.start < end);
}

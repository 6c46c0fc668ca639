import { clausesOf } from '../text/clauses.js';
import { meansSame, type Term } from '../text/terms/terms.js';
import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

const MIN_SHARED = 2;
/** Light words that make two statements parallel where both have them. */
const SHARED_VERBS = new Set(['take', 'get', 'need', 'go', 'come', 'make', 'give', 'put']);

/**
 * A claim that joins the first half of one statement with the second half of another of the same sentence: "marketing cookies without
 * asking" from "necessary cookies without asking, and marketing cookies only if you agree".
 */
export function mixesClauses(claim: Statement, unit: PoolUnit): Contradiction | null {
  const parts = partsOf(unit);
  if (
    parts.length !== 2 ||
    !isApart(unit, parts) ||
    clausesOf(claim.text).length > 1 ||
    /,? and\b/iu.test(claim.text)
  )
    return null;
  const [left, right] = parts;
  if (!left || !right) return null;
  const isIn = (term: Term, part: Part): boolean => part.terms.some((own) => meansSame(own, term));
  const words = claim.terms.filter((term) => !term.isLight || isJoint(term));
  const verbs = claim.terms.filter(({ word, isLight }) => isLight && SHARED_VERBS.has(word));
  const shared = [...words, ...verbs].filter((term) => isIn(term, left) && isIn(term, right));
  const only = (here: Part, there: Part): Term[] =>
    words.filter((term) => isIn(term, here) && !isIn(term, there));
  const [first] = only(left, right);
  const [second] = only(right, left);
  if (shared.length < MIN_SHARED || !first || !second) return null;
  return { kind: 'condition_differs', message: 'The source says this of something else.', term: second };
}

/** Without a comma the end of a sentence may belong to both: "30 days and the third 60 days after the first". */
function isApart({ text }: PoolUnit, [left, right]: readonly Part[]): boolean {
  if (!left || !right) return false;
  return /[,;]|\b(?:but|whereas)\b/iu.test(text.slice(left.end, right.start + 1));
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly terms: readonly Term[];
}

/** By terms, which the units of an article keep from run to run. */
const known = new WeakMap<readonly Term[], readonly Part[]>();

function partsOf(unit: PoolUnit): readonly Part[] {
  const before = known.get(unit.terms);
  if (before) return before;
  const parts = readParts(unit);
  known.set(unit.terms, parts);
  return parts;
}

/** The clauses of a sentence, or the cells of a row after its name. */
function readParts(unit: PoolUnit): Part[] {
  const row = /^[^:;,]+: (?=\p{L}+[^,;]*[,;] )/u.exec(unit.text);
  const from = row ? row[0].length : 0;
  const bounds = row
    ? cellsOf(unit.text, from)
    : clausesOf(unit.text).map(({ start, end }) => ({ start, end }));
  return bounds.map(({ start, end }) => ({
    start,
    end,
    terms: unit.terms.filter(
      (term) =>
        (!term.isLight || isJoint(term) || SHARED_VERBS.has(term.word)) &&
        ((term.start >= start && term.end <= end) || (from > 0 && term.end <= from)),
    ),
  }));
}

function cellsOf(text: string, from: number): { start: number; end: number }[] {
  const cuts = [...text.slice(from).matchAll(/[,;] /gu)].map(({ index }) => from + index);
  const bounds = [from, ...cuts, text.length];
  return bounds.slice(1).map((end, at) => ({ start: bounds[at] ?? from, end }));
}

/** "With" and "without" name a column as its other words do. */
function isJoint({ word }: Term): boolean {
  return word === 'with' || word === 'without';
}

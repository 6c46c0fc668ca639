import { clausesOf } from '../text/clauses.js';
import { meansSame, type Term } from '../text/terms/terms.js';
import type { Contradiction } from './contradiction.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

/** Words that make one of two parallel statements the contrary of the other. */
const LIMITS = /\b(?:only|except|not|no|never|cannot|without|unless|forbidden|excluded|free|none)\b|n['’]t\b/giu;
const MIN_SHARED = 2;

/**
 * A claim that joins the first half of one statement with the second half of another of the same sentence: "marketing cookies without
 * asking" from "necessary cookies without asking, and marketing cookies only if you agree".
 */
export function mixesClauses(claim: Statement, unit: PoolUnit): Contradiction | null {
  const parts = partsOf(unit);
  if (parts.length !== 2 || clausesOf(claim.text).length > 1) return null;
  const [left, right] = parts;
  if (!left || !right || limitsOf(left) === limitsOf(right)) return null;
  const isIn = (term: Term, part: Part): boolean => part.terms.some((own) => meansSame(own, term));
  const words = claim.terms.filter((term) => !term.isLight || isJoint(term));
  const shared = words.filter((term) => isIn(term, left) && isIn(term, right));
  const only = (here: Part, there: Part): Term[] => words.filter((term) => isIn(term, here) && !isIn(term, there));
  const [first] = only(left, right);
  const [second] = only(right, left);
  if (shared.length < MIN_SHARED || !first || !second) return null;
  return { kind: 'condition_differs', message: 'The source says this of something else.', term: second };
}

function limitsOf({ text }: Part): string {
  return [...text.matchAll(LIMITS)].map(([word]) => word.toLowerCase()).join(' ');
}

interface Part {
  readonly text: string;
  readonly terms: readonly Term[];
}

/** The clauses of a sentence, or the cells of a row after its name. */
function partsOf(unit: PoolUnit): Part[] {
  const row = /^[^:;,]+: (?=\p{L}+[^,;]*[,;] )/u.exec(unit.text);
  const from = row ? row[0].length : 0;
  const bounds = row
    ? cellsOf(unit.text, from)
    : clausesOf(unit.text).map(({ start, end }) => ({ start, end }));
  return bounds.map(({ start, end }) => ({
    text: unit.text.slice(start, end),
    terms: unit.terms.filter(
      (term) => (!term.isLight || isJoint(term)) && ((term.start >= start && term.end <= end) || (from > 0 && term.end <= from)),
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

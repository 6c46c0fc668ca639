import { isLongerForm, type Term } from '../text/terms/terms.js';
import type { PoolUnit } from './evidence-pool.js';
import type { Statement } from './statement.js';

/** How far a unit covers what a statement says. */
export interface Alignment {
  readonly unit: PoolUnit;
  /** Weighted share of the statement's content found in the unit or what it is read under, 0 to 1. */
  readonly recall: number;
  /** Share of the unit's content the statement has, 0 to 1. */
  readonly share: number;
  /** Likeness of the wording, small words too, 0 to 1. */
  readonly wording: number;
  /** `recall`, with a little for a unit that says nothing else. */
  readonly score: number;
}

/** A word found only in a title or heading says less than one of the sentence itself. */
const CONTEXT_WEIGHT = 0.7;
const SHARE_WEIGHT = 0.25;
/** The same words in the same order, small ones too, tell apart two units that cover a claim equally. */
const WORDING_WEIGHT = 0.3;
/** What is said weighs more than when or why. */
const MAIN_WEIGHT = 0.35;
/** Answers a unit remembers; claims come and go, words return. */
const MAX_ASKED = 2_000;

/** Compares a statement with every unit, best first. */
export function alignAll(statement: Statement, units: readonly PoolUnit[]): Alignment[] {
  return units.map((unit) => align(statement, unit)).sort((a, b) => b.score - a.score);
}

export function align(statement: Statement, unit: PoolUnit): Alignment {
  const { content } = statement;
  let found = 0;
  for (const term of content) found += coverOf(term, unit);
  const recall = content.length === 0 ? 0 : found / content.length;
  const own = unit.content.length;
  const shared = unit.content.filter((term) => has(statement, term)).length;
  const share = own === 0 ? 0 : shared / own;
  const wording = wordingOf(statement, unit);
  const { main } = statement;
  const mainRecall = main.length === 0 ? 0 : main.filter((term) => has(unit, term)).length / main.length;
  const score = recall + SHARE_WEIGHT * share + WORDING_WEIGHT * wording + MAIN_WEIGHT * mainRecall;
  return { unit, recall, share, wording, score };
}

/** Dice coefficient of the pairs of neighbouring words (Dice, 1945), 0 to 1. */
function wordingOf(a: Statement, b: Statement): number {
  if (a.pairs.size === 0 || b.pairs.size === 0) return 0;
  let shared = 0;
  for (const pair of a.pairs) if (b.pairs.has(pair)) shared += 1;
  return (2 * shared) / (a.pairs.size + b.pairs.size);
}

/** 1 for a term of the unit itself, less for one of its headings, 0 for a stranger. */
export function coverOf(term: Term, unit: PoolUnit): number {
  if (has(unit, term)) return 1;
  return has(unit.context, term) ? CONTEXT_WEIGHT : 0;
}

/** Whether a statement has a word that means the same. */
export function has(statement: Statement, term: Term): boolean {
  const known = statement.asked.get(term.id);
  if (known !== undefined) return known;
  const found =
    term.keys.some((key) => statement.keys.has(key)) ||
    statement.content.some(({ stem }) => isLongerForm(stem, term.stem));
  if (statement.asked.size > MAX_ASKED) statement.asked.clear();
  statement.asked.set(term.id, found);
  return found;
}

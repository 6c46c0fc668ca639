import type { Span } from '../../../shared/domain/evidence.js';
import type { Support } from '../../../shared/domain/critique.js';
import { clausesOf } from '../text/clauses.js';
import { align, alignAll, coverOf, type Alignment } from './alignment.js';
import { checkCertainty } from './check-certainty.js';
import { directionOf } from './check-contradiction.js';
import { checkMeasures } from './check-measures.js';
import { checkNames } from './check-names.js';
import type { EvidencePool, PoolUnit } from './evidence-pool.js';
import { fatal, weak, type Finding } from './finding.js';
import { readStatement, type Statement } from './statement.js';

export interface ClaimVerdict {
  readonly support: Exclude<Support, 'not_needed'>;
  readonly findings: readonly Finding[];
  /** The unit that decides, best first; empty when nothing speaks of it. */
  readonly units: readonly PoolUnit[];
}

const UNSUPPORTED_RECALL = 0.4;
const WEAK_RECALL = 0.62;
const NEAR = 0.1;
const CLOSE = 0.06;
const CLAUSE_WEIGHT = 0.7;

export interface JudgeOptions {
  readonly known: ReadonlySet<string>;
}

export function judgeClaim(text: string, pool: EvidencePool, options: JudgeOptions): ClaimVerdict {
  const sentence = readStatement(text);
  const clauses = clausesOf(text);
  const verdicts = clauses.map(({ text: clause, start }) =>
    clauses.length === 1
      ? judgeClause(sentence, sentence, pool, options)
      : shifted(judgeClause(readStatement(clause), sentence, pool, options), start),
  );
  return worst(verdicts);
}

const RANK = { unsupported: 0, weak: 1, supported: 2 } as const;

function worst(verdicts: readonly ClaimVerdict[]): ClaimVerdict {
  const [first] = verdicts.toSorted((a, b) => RANK[a.support] - RANK[b.support]);
  if (!first) return { support: 'unsupported', findings: [], units: [] };
  return { ...first, findings: verdicts.flatMap(({ findings }) => findings) };
}

function shifted(verdict: ClaimVerdict, by: number): ClaimVerdict {
  const move = (words: Span | null): Span | null => words && { start: words.start + by, end: words.end + by };
  const findings = verdict.findings.map((one) => ({ ...one, issue: { ...one.issue, words: move(one.issue.words) } }));
  return { ...verdict, findings };
}

function judgeClause(
  clause: Statement,
  sentence: Statement,
  { units }: EvidencePool,
  { known }: JudgeOptions,
): ClaimVerdict {
  const ranked = rank(clause, sentence, units);
  const [best] = ranked;
  if (!best) return { support: 'unsupported', findings: [fatal('no_citation', 'Nothing was found about this.')], units: [] };
  if (clause.content.length === 0 && clause.measures.length === 0) return { support: 'supported', findings: [], units: [best.unit] };
  const findings: Finding[] = [...checkMeasures(clause, ranked), ...checkNames(clause, ranked, known)];
  const near = ranked.filter(({ score }) => score >= best.score - NEAR).slice(0, 6);
  const directions = near.map(({ unit }) => directionOf(clause, unit, sentence));
  const isClose = (at: number): boolean => (near[at]?.score ?? 0) >= best.score - CLOSE;
  const first = directions.find(({ contradiction }) => contradiction !== null)?.contradiction;
  const agreeing =
    near.find((_, at) => directions[at]?.agrees === 'directly' && isClose(at)) ??
    (first ? undefined : near[0]);
  if (!agreeing && first)
    findings.push(fatal(first.kind, first.message, { words: first.term && { start: first.term.start, end: first.term.end } }));
  const decisive = agreeing ?? best;
  findings.push(...checkCertainty(clause, near.map(({ unit }) => unit)));
  findings.push(...checkCoverage(clause, ranked));
  const isBad = findings.some(({ isFatal }) => isFatal);
  return {
    support: isBad ? 'unsupported' : findings.length > 0 ? 'weak' : 'supported',
    findings,
    units: [decisive.unit],
  };
}

/** Units by how well they cover the clause, and the sentence it stands in. */
function rank(clause: Statement, sentence: Statement, units: readonly PoolUnit[]): Alignment[] {
  if (clause === sentence) return alignAll(clause, units);
  return units
    .map((unit) => {
      const own = align(clause, unit);
      const whole = align(sentence, unit);
      const mix = (a: number, b: number): number => CLAUSE_WEIGHT * a + (1 - CLAUSE_WEIGHT) * b;
      return { ...own, score: mix(own.score, whole.score) };
    })
    .sort((a, b) => b.score - a.score);
}

function checkCoverage(clause: Statement, ranked: readonly Alignment[]): Finding[] {
  const [best] = ranked;
  if (!best || clause.content.length === 0) return [];
  if (best.recall < UNSUPPORTED_RECALL)
    return [fatal('low_coverage', 'The evidence speaks of something else.', { words: strangers(clause, ranked) })];
  if (best.recall < WEAK_RECALL)
    return [weak('low_coverage', 'The evidence supports this only in part.', { words: strangers(clause, ranked) })];
  return [];
}

/** The first word nothing in the evidence has. */
function strangers({ content }: Statement, ranked: readonly Alignment[]): Span | null {
  const stranger = content.find((term) => ranked.every(({ unit }) => coverOf(term, unit) === 0));
  return stranger ? { start: stranger.start, end: stranger.end } : null;
}

import type { Span } from '../../../shared/domain/evidence.js';
import type { Support } from '../../../shared/domain/critique.js';
import { clausesOf } from '../text/clauses.js';
import { sameMeasure } from '../text/measures.js';
import { align, alignAll, coverOf, has, type Alignment } from './alignment.js';
import { checkBenefits } from './check-benefits.js';
import { checkRecord, isRecord } from './check-record.js';
import { checkCertainty } from './check-certainty.js';
import { directionOf } from './check-contradiction.js';
import { otherCondition } from './check-conditions.js';
import type { Contradiction } from './contradiction.js';
import { checkMeasures } from './check-measures.js';
import { checkNames, strangeNames } from './check-names.js';
import type { EvidencePool, PoolUnit } from './evidence-pool.js';
import { fatal, weak, type Finding } from './finding.js';
import type { Likeness } from './likeness.js';
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
const WIDE = 0.2;
const CLOSE = 0.06;
const MAX_NEAR = 6;
const MIN_QUOTED = 3;
/** Cosine of the bundled embedder from which two texts speak of the same; fitted, docs/evidence.md. */
const ALIKE = 0.68;
const MAX_COMPARED = 4;
const MIN_CLAUSE = 2;
/** What two neighbouring units must cover together to bear a claim out. */
const JOINT_RECALL = 0.8;
/** Below this many words too little is said to call it unsupported for its words alone. */
const MIN_STRANGE = 3;
const MUCH_LIKER = 0.1;
/** A unit that shares less says nothing against a claim. */
const MIN_AGAINST = 0.6;
const CLAUSE_WEIGHT = 0.7;

export interface JudgeOptions {
  /** Names that need no source, lower case: the team's and the customer's. */
  readonly known: ReadonlySet<string>;
  /** Asked where words alone would turn a claim down. */
  readonly likeness?: Likeness;
}

export function judgeClaim(written: string, pool: EvidencePool, options: JudgeOptions): ClaimVerdict {
  // The number of a step is none of its words.
  const text = written.replace(/^\d+[.)]\s/u, (mark) => ' '.repeat(mark.length));
  const sentence = readStatement(withoutFillers(text));
  const facts = pool.units.filter(({ kind }) => kind === 'fact');
  const verbatim = pool.units.find((unit) => saysWordForWord(sentence, unit));
  if (verbatim) return { support: 'supported', findings: [], units: [verbatim] };
  const byPassages = judgePassages(withoutFillers(text), sentence, pool, options);
  if (!isRecord(text) && (facts.length === 0 || byPassages.support === 'supported')) return byPassages;
  const byFacts = judgeFacts(sentence, facts, options);
  if (isRecord(text)) return byFacts;
  return RANK[byFacts.support] >= RANK[byPassages.support] && speaksOfFacts(sentence, facts)
    ? byFacts
    : byPassages;
}

/** A quotation needs no comparing. */
function saysWordForWord(claim: Statement, unit: PoolUnit): boolean {
  return (
    claim.terms.length >= MIN_QUOTED &&
    claim.terms.length === unit.terms.length &&
    claim.terms.every(({ word }, at) => word === unit.terms[at]?.word) &&
    claim.measures.length === unit.measures.length
  );
}

function judgeFacts(claim: Statement, facts: readonly PoolUnit[], { known }: JudgeOptions): ClaimVerdict {
  const ranked = alignAll(claim, facts);
  const strange = strangeNames(claim, ranked, known);
  const findings = [...checkRecord(claim, facts), ...strange, ...checkCertainty(claim, facts)];
  const isBad = findings.some(({ isFatal }) => isFatal);
  const [best] = ranked;
  return {
    support: isBad ? 'unsupported' : findings.length > 0 ? 'weak' : 'supported',
    findings,
    units: best ? [best.unit] : [],
  };
}

/** Whether a claim states something a fact holds: its number, its day, its name. */
function speaksOfFacts(claim: Statement, facts: readonly PoolUnit[]): boolean {
  const isHeld = claim.measures.some((measure) =>
    facts.some((fact) => fact.measures.some((own) => sameMeasure(own, measure))),
  );
  return isHeld || claim.content.some((term) => facts.some((fact) => has(fact, term)));
}

const FILLER =
  /\b(?:i['’]m afraid(?: that)?|i am afraid(?: that)?|unfortunately|sadly|luckily|good news|of course|(?:please |kindly )?note(?: that)?|don['’]t worry(?= if)|no worries|no problem|sorry|feel free to|it['’]s worth|just so you know|to be clear|in short|as you ordered as|thanks|great|happy to say(?: that)?|rest assured(?: that)?|as a reminder|by the way|in that case|in your case)\b[:,]?/giu;

/** Words that say nothing of the matter, blanked so that places stay true. */
function withoutFillers(text: string): string {
  return text.replace(FILLER, (filler) => ' '.repeat(filler.length));
}

function judgePassages(
  text: string,
  sentence: Statement,
  pool: EvidencePool,
  options: JudgeOptions,
): ClaimVerdict {
  const clauses = readClauses(text);
  const whole = clauses.length === 1 ? [] : pool.units.map((unit) => align(sentence, unit).score);
  const verdicts = clauses.map(({ statement, start }) =>
    clauses.length === 1
      ? judgeClause(sentence, sentence, alignAll(sentence, pool.units), options)
      : shifted(judgeClause(statement, sentence, rank(statement, whole, pool.units), options), start),
  );
  return worst(verdicts);
}

interface ReadClause {
  readonly statement: Statement;
  readonly start: number;
}

/** The clauses of a sentence; one that says too little by itself is read with its neighbour. */
function readClauses(text: string): ReadClause[] {
  const clauses: { start: number; end: number; statement: Statement }[] = [];
  for (const { start, end } of clausesOf(text)) {
    const last = clauses.at(-1);
    const statement = readStatement(text.slice(start, end));
    const isShort = ({ content, measures }: Statement): boolean =>
      content.length + measures.length < MIN_CLAUSE || content.length === 0;
    if (last && (isShort(statement) || isShort(last.statement)))
      clauses[clauses.length - 1] = {
        start: last.start,
        end,
        statement: readStatement(text.slice(last.start, end)),
      };
    else clauses.push({ start, end, statement });
  }
  return clauses;
}

const RANK = { unsupported: 0, weak: 1, supported: 2 } as const;

function worst(verdicts: readonly ClaimVerdict[]): ClaimVerdict {
  const [first] = verdicts.toSorted((a, b) => RANK[a.support] - RANK[b.support]);
  if (!first) return { support: 'unsupported', findings: [], units: [] };
  return { ...first, findings: verdicts.flatMap(({ findings }) => findings) };
}

function shifted(verdict: ClaimVerdict, by: number): ClaimVerdict {
  const move = (words: Span | null): Span | null => words && { start: words.start + by, end: words.end + by };
  const findings = verdict.findings.map((one) => ({
    ...one,
    issue: { ...one.issue, words: move(one.issue.words) },
  }));
  return { ...verdict, findings };
}

function judgeClause(
  clause: Statement,
  sentence: Statement,
  ranked: readonly Alignment[],
  { known, likeness }: JudgeOptions,
): ClaimVerdict {
  const [best] = ranked;
  if (!best)
    return {
      support: 'unsupported',
      findings: [fatal('no_citation', 'Nothing was found about this.')],
      units: [],
    };
  if (clause.content.length === 0 && clause.measures.length === 0)
    return { support: 'supported', findings: [], units: [best.unit] };
  const findings: Finding[] = [
    ...checkMeasures(clause, ranked),
    ...checkNames(clause, ranked, known),
    ...checkBenefits(
      clause,
      ranked.map(({ unit }) => unit),
    ),
  ];
  const near = ranked.filter(({ score }) => score >= best.score - NEAR).slice(0, MAX_NEAR);
  const wider = ranked.filter(({ score }) => score >= best.score - WIDE).slice(0, MAX_NEAR);
  const all = wider.map((alignment) => ({ alignment, ...directionOf(clause, alignment.unit, sentence) }));
  const judged = all.slice(0, near.length);
  const against = all.filter(
    ({ alignment, contradiction }) => contradiction !== null && alignment.recall >= MIN_AGAINST,
  );
  const agreeing = (
    judged.find(
      ({ agrees, alignment }) => agrees === 'directly' && outweighs(alignment, against, clause, best),
    ) ?? (against.length > 0 ? undefined : judged[0])
  )?.alignment;
  const elsewhere = agreeing && saidOfOther(clause, agreeing, ranked);
  const first = against[0]?.contradiction ?? elsewhere;
  if ((!agreeing || elsewhere) && first)
    findings.push(
      fatal(first.kind, first.message, {
        words: first.term && { start: first.term.start, end: first.term.end },
      }),
    );
  const decisive = withMeasuresOf(clause, agreeing ?? best, ranked);
  findings.push(
    ...checkCertainty(
      clause,
      near.map(({ unit }) => unit),
    ),
  );
  findings.push(...checkCoverage(clause, ranked, likeness));
  const isBad = findings.some(({ isFatal }) => isFatal);
  return {
    support: isBad ? 'unsupported' : findings.length > 0 ? 'weak' : 'supported',
    findings,
    units: [decisive.unit],
  };
}

/**
 * "You get the refund as soon as you drop off the parcel", where the best place speaks of dropping off alone, and the one that speaks of the
 * refund names another condition.
 */
function saidOfOther(
  clause: Statement,
  { unit }: Alignment,
  ranked: readonly Alignment[],
): Contradiction | null {
  const { main, content } = clause;
  if (main.length === content.length || main.some((term) => has(unit, term))) return null;
  const holders = ranked.filter(({ unit: other }) => main.every((term) => has(other, term)));
  return (
    holders.map(({ unit: other }) => otherCondition(clause, other, 1)).find((one) => one !== null) ?? null
  );
}

/** The unit that holds the claim's numbers decides before one that only has its words. */
function withMeasuresOf(clause: Statement, chosen: Alignment, ranked: readonly Alignment[]): Alignment {
  const held = ({ unit }: Alignment): number =>
    clause.measures.filter((measure) => unit.measures.some((own) => sameMeasure(own, measure))).length;
  return ranked.reduce((best, other) => (held(other) > held(best) ? other : best), chosen);
}

/** A unit that bears a claim out counts against one that denies it when it says as much of it, in as like words. */
function outweighs(
  own: Alignment,
  against: readonly { readonly alignment: Alignment }[],
  clause: Statement,
  best: Alignment,
): boolean {
  if (own.score < best.score - CLOSE) return false;
  return against.every(({ alignment: other }) => {
    const isFar = other.score < best.score - NEAR;
    if (isFar && other.recall < own.recall) return true;
    if (other.wording > own.wording + MUCH_LIKER && other.recall >= own.recall) return false;
    const covers = ({ unit }: Alignment, at: number): boolean => {
      const term = clause.content[at];
      return term !== undefined && has(unit, term);
    };
    const holdsAll = ({ unit }: Alignment): number =>
      clause.measures.filter((measure) => unit.measures.some((mine) => sameMeasure(mine, measure))).length;
    return (
      clause.content.every((_, at) => covers(own, at) || !covers(other, at)) &&
      holdsAll(own) >= holdsAll(other)
    );
  });
}

/** Units by how well they cover the clause, and the sentence it stands in. */
function rank(clause: Statement, whole: readonly number[], units: readonly PoolUnit[]): Alignment[] {
  return units
    .map((unit, at) => {
      const own = align(clause, unit);
      return { ...own, score: CLAUSE_WEIGHT * own.score + (1 - CLAUSE_WEIGHT) * (whole[at] ?? 0) };
    })
    .sort((a, b) => b.score - a.score);
}

function checkCoverage(clause: Statement, ranked: readonly Alignment[], likeness?: Likeness): Finding[] {
  const [best] = ranked;
  if (!best || clause.content.length === 0) return [];
  const joint = neighbourRecall(clause, ranked);
  const own = withNumbers(clause, best);
  const together = joint >= JOINT_RECALL ? joint : Math.max(own, Math.min(joint, WEAK_RECALL - 0.01));
  if (
    together < UNSUPPORTED_RECALL &&
    clause.content.length >= MIN_STRANGE &&
    !isAlike(clause, ranked, likeness)
  )
    return [
      fatal('low_coverage', 'The evidence speaks of something else.', { words: strangers(clause, ranked) }),
    ];
  if (together < WEAK_RECALL)
    return [
      weak('low_coverage', 'The evidence supports this only in part.', { words: strangers(clause, ranked) }),
    ];
  return [];
}

/** What a unit covers when a number it has counts as much as a word it has. */
function withNumbers({ content, measures }: Statement, { unit, recall }: Alignment): number {
  const places = new Set(measures.map(({ start }) => start));
  const held = new Set(
    measures.filter((one) => unit.measures.some((own) => sameMeasure(own, one))).map(({ start }) => start),
  );
  return (recall * content.length + held.size) / (content.length + places.size);
}

/** In other words, but alike in meaning. A cosine cannot tell a claim from its opposite, so it only makes a claim weak, never supported. */
function isAlike(clause: Statement, ranked: readonly Alignment[], likeness?: Likeness): boolean {
  if (!likeness) return false;
  const closest = ranked.slice(0, MAX_COMPARED).map(({ unit }) => likeness.of(clause.text, unit.text) ?? 0);
  return Math.max(0, ...closest) >= ALIKE;
}

/** What the best unit covers together with the one before or after it: steps and sentences that belong together. */
function neighbourRecall(clause: Statement, ranked: readonly Alignment[]): number {
  const [best] = ranked;
  if (!best || best.recall >= WEAK_RECALL) return 0;
  const { unit } = best;
  const beside = ranked.filter(
    ({ unit: other }) =>
      other.articleId === unit.articleId &&
      Math.abs(other.position - unit.position) === 1 &&
      other.kind === unit.kind,
  );
  const shares = beside.map(
    ({ unit: other }) =>
      clause.content.reduce((sum, term) => sum + Math.max(coverOf(term, unit), coverOf(term, other)), 0) /
      clause.content.length,
  );
  return Math.max(0, ...shares);
}

/** The first word nothing in the evidence has. */
function strangers({ content }: Statement, ranked: readonly Alignment[]): Span | null {
  const stranger = content.find((term) => ranked.every(({ unit }) => coverOf(term, unit) === 0));
  return stranger ? { start: stranger.start, end: stranger.end } : null;
}

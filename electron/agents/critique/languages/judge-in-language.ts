import type { ReadLanguage } from '../../text/languages/language-words.js';
import { sameMeasure, type Measure } from '../../text/measures.js';
import type { PoolUnit } from '../evidence-pool.js';
import { fatal, weak, type Finding } from '../finding.js';
import { checkDirection } from './check-direction.js';
import { checkStrangeNames } from './check-strange-names.js';
import {
  coverOfStem,
  coverOfText,
  readInLanguage,
  type RankedUnit,
  type ReadText,
} from './read-in-language.js';

/** How a claim stands on evidence in its own language. */
export interface LanguageVerdict {
  readonly support: 'supported' | 'weak' | 'unsupported';
  readonly findings: readonly Finding[];
  /** The unit that decides; empty when nothing speaks of it. */
  readonly units: readonly PoolUnit[];
}

/** As for English ({@link judgeClaim}); fitted on the `fit` split of evals/datasets/critique-languages.jsonl. */
const UNSUPPORTED_RECALL = 0.4;
const WEAK_RECALL = 0.62;
const JOINT_RECALL = 0.8;
const SHARE_WEIGHT = 0.25;
const MEASURE_WEIGHT = 0.2;
/** A unit with the number must cover the claim nearly as well as the best one that has another. */
const BINDING_SLACK = 0.25;
const NEAR = 0.1;
const MIN_STRANGE = 2;

/**
 * Judges a claim by the evidence in its own language: numbers with their units, names, negations and conditions exactly, the rest by stems. Without
 * the synonyms the English check has, so more is weak.
 * @param units current passages in the language.
 * @param facts places whose numbers count too, whatever their language.
 */
export function judgeInLanguage(
  text: string,
  language: ReadLanguage,
  units: readonly PoolUnit[],
  facts: readonly PoolUnit[],
  known: ReadonlySet<string>,
): LanguageVerdict {
  const claim = readInLanguage(
    text.replace(/^\d+[.)]\s/u, (mark) => ' '.repeat(mark.length)),
    language,
  );
  const verbatim = units.find((unit) => plain(unit.text) === plain(text));
  if (verbatim) return { support: 'supported', findings: [], units: [verbatim] };
  const ranked = rankUnits(claim, language, units);
  const [best] = ranked;
  if (!best)
    return {
      support: 'unsupported',
      findings: [fatal('no_citation', 'Nothing was found about this.')],
      units: [],
    };
  const near = ranked.filter(({ score }) => score >= best.score - NEAR);
  const findings: Finding[] = [
    ...claim.measures.flatMap((measure) => checkMeasure(measure, claim, ranked, facts) ?? []),
    ...checkStrangeNames(text, language, [...units, ...facts], known),
    ...checkDirection(claim, near, language),
    ...checkCoverage(claim, ranked),
  ];
  const isBad = findings.some(({ isFatal }) => isFatal);
  return {
    support: isBad ? 'unsupported' : findings.length > 0 ? 'weak' : 'supported',
    findings,
    units: [best.unit],
  };
}

function rankUnits(claim: ReadText, language: ReadLanguage, units: readonly PoolUnit[]): RankedUnit[] {
  return units
    .map((unit) => {
      const own = readInLanguage(unit.text, language);
      const recall = coverOfText(claim, own, readInLanguage(unit.context.text, language));
      const held = claim.measures.filter((measure) =>
        own.measures.some((other) => sameMeasure(measure, other)),
      ).length;
      const share = claim.measures.length === 0 ? 0 : held / claim.measures.length;
      const score = recall + SHARE_WEIGHT * coverOfText(own, claim) + MEASURE_WEIGHT * share;
      return { unit, own, recall, score };
    })
    .sort((a, b) => b.score - a.score);
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/^\d+[.)]\s/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function checkMeasure(
  measure: Measure,
  claim: ReadText,
  ranked: readonly RankedUnit[],
  facts: readonly PoolUnit[],
): Finding | null {
  if (measure.unit === 'count' && Number(measure.value) <= 1) return null;
  const kind = measure.unit === 'date' ? 'date_not_in_source' : 'number_not_in_source';
  const said = claim.text.slice(measure.start, measure.stop).trim();
  const words = { start: measure.start, end: measure.stop };
  if (facts.some((fact) => fact.measures.some((other) => sameMeasure(measure, other)))) return null;
  const holders = ranked.filter(({ own, unit }) =>
    [...own.measures, ...unit.context.measures].some((other) => sameMeasure(measure, other)),
  );
  const [best] = ranked;
  const rivals = best?.own.measures.filter(({ unit }) => isRival(unit, measure.unit)) ?? [];
  const [rival] = rivals;
  const replacement =
    rivals.length === 1 && rival && best ? best.own.text.slice(rival.start, rival.stop).trim() : null;
  const [holder] = holders;
  if (!best || !holder) return fatal(kind, `"${said}" is in no source.`, { words, replacement });
  const own = holder.own.measures.find((other) => sameMeasure(measure, other));
  if (own && own.bound !== measure.bound && own.bound !== 'exact' && measure.bound !== 'exact')
    return fatal('condition_differs', `The source has the other bound for "${said}".`, { words });
  if (own?.end === 'low' && measure.end === 'single' && measure.bound !== 'at_least')
    return fatal(kind, `"${said}" is only the beginning of a range in the source.`, { words });
  const isBound = holder.score >= best.score - BINDING_SLACK;
  if (isBound || rivals.length === 0) return null;
  return fatal(kind, `The source says "${said}" about something else.`, { words, replacement });
}

const TIMES = new Set(['time', 'business_day', 'month', 'night']);

function isRival(a: string, b: string): boolean {
  return a === b || (TIMES.has(a) && TIMES.has(b));
}

function checkCoverage(claim: ReadText, ranked: readonly RankedUnit[]): Finding[] {
  const [best] = ranked;
  if (!best || claim.stems.length === 0) return [];
  const own = Math.max(
    ...ranked.filter(({ score }) => score >= best.score - NEAR).map(({ recall }) => recall),
  );
  const joint = jointRecall(claim, best, ranked);
  const share = joint >= JOINT_RECALL ? joint : own;
  if (share < UNSUPPORTED_RECALL && claim.stems.length >= MIN_STRANGE)
    return [fatal('low_coverage', 'The evidence speaks of something else.')];
  return share < WEAK_RECALL ? [weak('low_coverage', 'The evidence supports this only in part.')] : [];
}

/** What the best unit covers together with the ones beside it: steps and sentences that belong together. */
function jointRecall(claim: ReadText, best: RankedUnit, ranked: readonly RankedUnit[]): number {
  const beside = ranked.filter(
    ({ unit }) =>
      unit.articleId === best.unit.articleId && Math.abs(unit.position - best.unit.position) === 1,
  );
  const shares = beside.map(
    ({ own }) =>
      claim.stems.reduce(
        (sum, stem) => sum + Math.max(coverOfStem(stem, best.own), coverOfStem(stem, own)),
        0,
      ) / claim.stems.length,
  );
  return Math.max(0, ...shares);
}

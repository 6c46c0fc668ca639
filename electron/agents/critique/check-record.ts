import type { Term } from '../text/terms/terms.js';
import { sameMeasure, type Measure } from '../text/measures.js';
import type { PoolUnit } from './evidence-pool.js';
import { fatal, weak, type Finding } from './finding.js';
import { has } from './alignment.js';
import type { Statement } from './statement.js';

const OWN =
  '(?:order|parcel|package|refund|return|delivery|payment|subscription|crate|account|request|claim|invoice|booking|shipment)';
/** What was done or is so in this very case: articles speak of all cases and cannot bear it out. */
const RECORD = new RegExp(
  [
    `\\b(?:i|we)(?:['’]ve| have)(?: (?:already|just|now|also))? (?!to\\b|a\\b|an\\b|no\\b|\\d)\\p{L}+(?:ed|en|nt|pt|ne|ld|id|de|un)\\b`,
    `\\byour (?:\\p{L}+ ){0,2}${OWN}\\b(?: [A-Z]{1,4}-?\\d+)?(?: has(?! to\\b)| have(?! to\\b)| was| were| is (?:already|still|now|on its|on the|being|out)| reached| arrived)\\b`,
    `\\b${OWN} [A-Z]{1,4}-?\\d+`,
  ].join('|'),
  'iu',
);
const GENERAL =
  /\b(?:if|when|whenever|once|after|as soon as|until|unless|before|as long as|can|may|must|should|will)\b/iu;
const ACTION =
  /\b(?:i|we)(?:['’]ve| have)(?: (?:already|just|now|also))? (?!to\b|a\b|an\b|no\b|received\b|seen\b|read\b|checked\b|looked\b|\d)\p{L}+(?:ed|en|nt|pt|ne|ld|id|de|un)\b/iu;

/** Whether a sentence states what is so in this customer's case. */
export function isRecord(text: string): boolean {
  const match = RECORD.exec(text);
  return match !== null && !GENERAL.test(text.slice(0, match.index + match[0].length));
}

/** Steps of an order, in order, by stems of words that say it has got so far. */
const STEPS: readonly (readonly string[])[] = [
  ['place'],
  ['pack'],
  ['ship', 'dispatch', 'sent', 'send'],
  ['deliv', 'deliver', 'deliveri', 'arriv'],
  ['return'],
];
const IN_TRANSIT = /\b(?:on (?:its|the) way|in transit|under way|underway)\b/iu;

/**
 * Checks a claim about the customer's case against the facts that were looked up: numbers and days by the label they stand under, how far
 * the order has come, and what was done.
 */
export function checkRecord(claim: Statement, facts: readonly PoolUnit[]): Finding[] {
  if (facts.length === 0)
    return [
      ACTION.test(claim.text)
        ? fatal('promise', 'This says that something was done; nothing shows it.', {
            words: wordsOf(ACTION, claim.text),
          })
        : fatal('no_citation', 'Nothing was looked up that shows this.'),
    ];
  const findings = [
    ...claim.measures.flatMap((measure) => checkFactMeasure(measure, claim, facts)),
    ...checkState(claim, facts),
  ];
  if (findings.length === 0 && unionRecall(claim, facts) < MIN_UNION)
    return [weak('low_coverage', 'What was looked up shows this only in part.')];
  return findings;
}

const MIN_UNION = 0.3;

function unionRecall(claim: Statement, facts: readonly PoolUnit[]): number {
  if (claim.content.length === 0) return 1;
  const found = claim.content.filter((term) =>
    facts.some((fact) => has(fact, term) || has(fact.context, term)),
  );
  return found.length / claim.content.length;
}

function wordsOf(pattern: RegExp, text: string): { start: number; end: number } | null {
  const match = pattern.exec(text);
  return match ? { start: match.index, end: match.index + match[0].length } : null;
}

function checkFactMeasure(measure: Measure, claim: Statement, facts: readonly PoolUnit[]): Finding[] {
  const kind = measure.unit === 'date' ? 'date_not_in_source' : 'number_not_in_source';
  const said = claim.text.slice(measure.start, measure.stop).trim();
  const words = { start: measure.start, end: measure.stop };
  const rivals = facts.filter((fact) => fact.measures.some(({ unit }) => unit === measure.unit));
  const holders = rivals.filter((fact) => fact.measures.some((own) => sameMeasure(own, measure)));
  const labelFit = (fact: PoolUnit): number => {
    const own = fact.context.content.filter(({ word }) => !/^(?:date|day|number|status|order)$/u.test(word));
    return own.length === 0 ? 0 : own.filter((term) => has(claim, term)).length / own.length;
  };
  const best = Math.max(0, ...rivals.map(labelFit));
  const named = rivals.filter((fact) => labelFit(fact) === best);
  const right = named.length === 1 && best > 0 ? (named[0]?.text ?? null) : null;
  if (holders.length === 0)
    return [fatal(kind, `"${said}" is not what was looked up.`, { words, replacement: right })];
  if (measure.unit !== 'date' && measure.unit !== 'money') return [];
  return holders.some((fact) => labelFit(fact) >= best)
    ? []
    : [fatal(kind, `"${said}" belongs to something else.`, { words, replacement: right })];
}

/** How far the order has come, by its status and by days that only a step it has made can have. */
export function checkState(claim: Statement, facts: readonly PoolUnit[]): Finding[] {
  const status = facts.find((fact) => /\bstatus\b/iu.test(fact.context.text));
  const reached = /\bout for delivery\b/iu.test(status?.text ?? '') ? 2 : stepOf(status?.terms ?? []);
  const isCancelled = status?.terms.some(({ stem }) => stem === 'cancel') ?? false;
  const denied = (term: Term): boolean => claim.negations.some(({ scope }) => scope.has(term));
  const against = (term: Term | null): Finding =>
    fatal('condition_differs', `The status is "${status?.text ?? ''}".`, {
      words: term && { start: term.start, end: term.end },
    });
  if (!status) return [];
  if (
    IN_TRANSIT.test(claim.text) &&
    (reached !== 2 || isCancelled) &&
    !/\bout for delivery\b/iu.test(status.text)
  )
    return [against(null)];
  for (const term of claim.terms) {
    if (isFuture(claim.text, term)) continue;
    const isKnown = facts.some(
      ({ context }) =>
        has(context, term) &&
        context.text !== status.context.text &&
        !/\b(?:estimated|expected|next)\b/iu.test(context.text),
    );
    if (term.stem === 'cancel' && isCancelled === denied(term)) return [against(term)];
    if (/^(?:refund|inspect)/u.test(term.stem) && /\b(?:has|have|was|were|is)\b/iu.test(claim.text)) {
      const isSo = isKnown || status.terms.some(({ stem }) => stem === term.stem);
      if (isSo === denied(term)) return [against(term)];
      continue;
    }
    const step = STEPS.findIndex((stems) => stems.includes(term.stem));
    if (step < 0 || reached < 0) continue;
    // "Sent" of a refund is no step of the order.
    if (isKnown && !denied(term)) continue;
    if (term.stem === 'sent' || term.stem === 'send') {
      if (denied(term) && isKnown) return [against(term)];
      continue;
    }
    if (!/(?:ed|en)$/u.test(claim.text.slice(term.start, term.end))) continue;
    if (step <= reached === denied(term)) return [against(term)];
  }
  if (/\bnot (?:yet )?left\b|n['’]t (?:yet )?left\b/iu.test(claim.text) && reached >= 2)
    return [against(null)];
  return [];
}

/** How far the order has come, as its status says; null without one. Steps: placed 0, packed 1, on its way 2, delivered 3, returned 4. */
export function orderStep(
  facts: readonly PoolUnit[],
): { readonly step: number; readonly text: string } | null {
  const status = facts.find(
    ({ context }) =>
      /\bstatus\b/iu.test(context.text) && !/\b(?:refund|return|subscription)\b/iu.test(context.text),
  );
  const step = /\bout for delivery\b/iu.test(status?.text ?? '') ? 2 : stepOf(status?.terms ?? []);
  return status && step >= 0 ? { step, text: status.text } : null;
}

function stepOf(terms: readonly Term[]): number {
  return STEPS.findIndex((stems) => terms.some(({ stem }) => stems.includes(stem)));
}

function isFuture(text: string, { start }: Term): boolean {
  return /\b(?:will|should|going to|to be|can|may|must|expected|estimated|when|once|if)\b[^.,;]*$/iu.test(
    text.slice(0, start),
  );
}

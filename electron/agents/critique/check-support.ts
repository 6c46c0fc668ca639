import { addDays, quantitiesOf, type Quantity } from '../text/quantities.js';
import { coverage, stemSet, wordsOf } from '../text/words.js';
import type { Cited } from './cited-text.js';
import { fatal, weak, type Finding } from './finding.js';

/** Under this share of its words in the source a sentence says something else; under the second it is only close to it. */
const UNSUPPORTED_COVERAGE = 0.5;
const WEAK_COVERAGE = 0.75;

const NEGATIONS = new Set([
  'not',
  'no',
  'never',
  'cannot',
  'nor',
  'neither',
  'without',
  'nobody',
  'nothing',
  'none',
]);
const UNIT_DAYS: Readonly<Record<string, number>> = {
  day: 1,
  days: 1,
  night: 1,
  nights: 1,
  week: 7,
  weeks: 7,
};

/**
 * Checks what a sentence states against what it cites.
 *
 * Order of suspicion: a number, day or code that is in no cited text is the worst error a reply can have, then a name, then a turned
 * negation, then words of its own. Words are compared as stems. Sentences that cite facts of tools are filled templates: their words are
 * ours, so only their numbers, names and the facts themselves are checked.
 */
export function checkSupport(text: string, cited: readonly Cited[]): Finding[] {
  const said = text.replace(/^\d+\.\s+/, '');
  const source = cited.map((one) => one.text).join('\n');
  const context = cited.map((one) => one.context).join('\n');
  return [
    ...checkQuantities(said, source),
    ...checkNames(said, `${source}\n${context}`),
    ...(cited.every(({ kind }) => kind === 'evidence') ? checkWording(said, source, context) : []),
  ];
}

function checkQuantities(said: string, source: string): Finding[] {
  const known = quantitiesOf(source);
  const values = new Set(known.map(({ value }) => value));
  return quantitiesOf(said).flatMap((quantity) => {
    if (values.has(quantity.value) || isDayOf(quantity, known) || isCounted(quantity, known, source))
      return [];
    return quantity.kind === 'date'
      ? [fatal('date_not_in_source', `The day ${quantity.value} is not in the cited source.`)]
      : [fatal('number_not_in_source', `${quantity.value} is not in the cited source.`)];
  });
}

/** A day with a year matches the same day without one, and the other way round. */
function isDayOf({ kind, value }: Quantity, known: readonly Quantity[]): boolean {
  return kind === 'date' && known.some((other) => other.kind === 'date' && sameDay(other.value, value));
}

function sameDay(a: string, b: string): boolean {
  return a.slice(-5) === b.slice(-5) && (a.startsWith('--') || b.startsWith('--'));
}

/** A day that is a cited day plus a cited period: delivered on 3 November, 14 days, so 17 November. */
function isCounted({ kind, value }: Quantity, known: readonly Quantity[], source: string): boolean {
  if (kind !== 'date' || value.startsWith('--')) return false;
  const days = known.filter((other) => other.kind === 'date' && !other.value.startsWith('--'));
  const periods = [...source.matchAll(/\b(\d{1,3})[ -](days?|nights?|weeks?)\b/gi)].map(
    ([, count, unit]) => Number(count) * (UNIT_DAYS[(unit ?? '').toLowerCase()] ?? 0),
  );
  return days.some((day) => periods.some((period) => addDays(day.value, period) === value));
}

/** Words written like a name inside a sentence, that no cited text has. */
function checkNames(said: string, source: string): Finding[] {
  const known = new Set(wordsOf(source));
  const names = [...said.matchAll(/(?<=[\p{L}\d,;)"'] )(?:\p{Lu}[\p{L}'-]+)(?![\p{L}\d-])/gu)].map(
    ([name]) => name,
  );
  const unknown = names.filter((name) => {
    const words = wordsOf(name);
    return !ALWAYS_CAPITAL.test(name) && words.some((word) => !known.has(word));
  });
  return unknown.length === 0
    ? []
    : [fatal('name_not_in_source', `${unknown.join(', ')} is not in the cited source.`)];
}

const ALWAYS_CAPITAL =
  /^(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|EUR|I)$/;

function checkWording(said: string, source: string, context: string): Finding[] {
  const findings: Finding[] = [];
  if (negations(said) % 2 !== negations(source) % 2) {
    findings.push(fatal('negation_differs', 'The source says the opposite: a "not" was added or lost.'));
  }
  const share = coverage(stemSet(said), stemSet(`${source} ${context}`));
  if (share < UNSUPPORTED_COVERAGE)
    findings.push(fatal('low_coverage', 'The cited source speaks of something else.'));
  else if (share < WEAK_COVERAGE)
    findings.push(weak('low_coverage', 'The cited source supports this only in part.'));
  return findings;
}

function negations(text: string): number {
  const contracted = text.match(/n['’]t\b/gi)?.length ?? 0;
  return contracted + wordsOf(text.replace(/n['’]t\b/gi, ' ')).filter((word) => NEGATIONS.has(word)).length;
}

import { sameMeasure, type Measure } from '../../text/measures.js';
import type { ComparedLanguage } from '../../text/languages/language-words.js';
import { measuresIn } from '../../text/languages/measures-in.js';
import { hasName, namesIn } from '../../text/languages/names-in.js';
import { polarityOf, type Mark, type Polarity } from '../../text/languages/polarity.js';
import { fatal, weak, type Finding } from '../finding.js';

/** A text with its language. */
export interface Said {
  readonly text: string;
  readonly language: ComparedLanguage;
}

/**
 * What a translation says otherwise than its original: numbers with their units, days, codes, links and names, whether it denies, and before, after,
 * only, except, always and free. What nobody can doubt (a number, a "not") is fatal; what languages say in different ways is weak. Empty where all
 * agrees. Words are not compared, so an empty answer alone does not make two sentences say the same. Pure.
 */
export function compareTranslation(original: Said, translated: Said): Finding[] {
  return [
    ...compareMeasures(original, translated),
    ...compareNames(original, translated),
    ...comparePolarity(original, translated),
  ];
}

function compareMeasures(original: Said, translated: Said): Finding[] {
  const before = withoutStep(measuresIn(original.text, original.language));
  const after = withoutStep(measuresIn(translated.text, translated.language));
  const added = after
    .filter((own) => !before.some((other) => isSame(own, other)))
    .map((own) => {
      const written = translated.text.slice(own.start, own.stop).trim();
      const words = { start: own.start, end: own.stop };
      const message = `"${written}" is not what the original says.`;
      return isPlain(written)
        ? fatal(kindOf(own), message, { words })
        : weak(kindOf(own), message, { words });
    });
  const lost = before
    .filter((own) => !after.some((other) => isSame(own, other)))
    .map((own) => {
      const written = original.text.slice(own.start, own.stop).trim();
      const message = `The original says "${written}".`;
      return isPlain(written) ? fatal(kindOf(own), message) : weak(kindOf(own), message);
    });
  const turned = after.flatMap((own) => {
    const other = before.find((one) => isSame(own, one));
    const words = { start: own.start, end: own.stop };
    if (other && own.bound !== other.bound && own.bound !== 'exact' && other.bound !== 'exact')
      return [
        fatal('condition_differs', 'The original has the other bound: at most for at least.', { words }),
      ];
    return other && own.unit !== other.unit && [own.unit, other.unit].includes('business_day')
      ? [weak('condition_differs', 'Only one of the two counts business days.', { words })]
      : [];
  });
  return [...added, ...lost, ...turned];
}

/** "One order", "two parcels": a small count may become an article or a dual. */
function withoutStep(measures: readonly Measure[]): Measure[] {
  return measures.filter(({ unit, value }) => !(['count', 'times'].includes(unit) && Number(value) <= 1));
}

function isSame(a: Measure, b: Measure): boolean {
  return sameMeasure(a, b) || (a.unit === 'count' && b.unit === 'count' && a.value === b.value);
}

/** Written in digits: no way of speaking. */
function isPlain(written: string): boolean {
  return /\d/u.test(written);
}

function kindOf({ unit }: Measure): 'date_not_in_source' | 'number_not_in_source' {
  return unit === 'date' ? 'date_not_in_source' : 'number_not_in_source';
}

function compareNames(original: Said, translated: Said): Finding[] {
  const added = namesIn(translated.text, translated.language)
    .filter(({ text }) => !hasName(original.text, text, original.language))
    .map(({ text, start, end, isBrand }) => {
      const part = { words: { start, end } };
      const message = `The original does not name ${text}.`;
      return isBrand ? fatal('name_not_in_source', message, part) : weak('name_not_in_source', message, part);
    });
  const lost = namesIn(original.text, original.language)
    .filter(({ text }) => !hasName(translated.text, text, translated.language))
    .map(({ text }) => weak('name_not_in_source', `The original names ${text}.`));
  return [...added, ...lost];
}

/** The one with fewer "not" may deny by a word of its own: "excluded" for "not possible". */
function isSaidOtherwise(before: Polarity, after: Polarity): boolean {
  const [fewer, more] = before.negations < after.negations ? [before, after] : [after, before];
  return fewer.lexical > more.lexical;
}

function comparePolarity(original: Said, translated: Said): Finding[] {
  const before = polarityOf(original.text, original.language);
  const after = polarityOf(translated.text, translated.language);
  const findings: Finding[] = [];
  if (before.negations % 2 !== after.negations % 2) {
    const message = 'A "not" was added or lost in translation.';
    findings.push(
      isSaidOtherwise(before, after)
        ? weak('negation_differs', message, { words: after.at })
        : fatal('negation_differs', message, { words: after.at }),
    );
  }
  const isOnly = (marks: ReadonlySet<Mark>, one: Mark, other: Mark): boolean =>
    marks.has(one) && !marks.has(other);
  if (
    (isOnly(before.marks, 'before', 'after') && isOnly(after.marks, 'after', 'before')) ||
    (isOnly(before.marks, 'after', 'before') && isOnly(after.marks, 'before', 'after'))
  )
    findings.push(
      fatal('condition_differs', 'The original has "before" for "after", or the other way round.'),
    );
  for (const mark of ['only', 'except', 'free'] as const)
    if (before.marks.has(mark) !== after.marks.has(mark))
      findings.push(
        weak(
          'condition_differs',
          before.marks.has(mark) ? `The original says "${mark}".` : `The original does not say "${mark}".`,
        ),
      );
  if (after.marks.has('always') && !before.marks.has('always'))
    findings.push(weak('condition_differs', 'The original does not say "always".'));
  return findings;
}

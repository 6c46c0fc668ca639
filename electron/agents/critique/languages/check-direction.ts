import type { Span } from '../../../../shared/domain/evidence.js';
import type { ReadLanguage } from '../../text/languages/language-words.js';
import { polarityOf, type Polarity } from '../../text/languages/polarity.js';
import { fatal, weak, type Finding } from '../finding.js';
import { coverOfText, readInLanguage, type RankedUnit, type ReadText } from './read-in-language.js';

/** A clause that shares less says nothing for or against. */
const MIN_SHARED = 0.45;
/** Nearly the same words: what differs then is the statement. */
const NEARLY_ALL = 0.75;
const MIN_STEMS = 2;
/** Commas, semicolons, dashes and the words that join statements. */
const JOINING: Readonly<Record<ReadLanguage, string>> = {
  de: 'und|aber|oder|sondern|doch',
  fr: 'et|mais|ou|car',
  es: 'y|e|pero|o|sino',
  it: 'e|ed|ma|o|però',
  nl: 'en|maar|of|want',
  pt: 'e|mas|ou|porém',
};
const breaks = new Map<ReadLanguage, RegExp>();

function breakOf(language: ReadLanguage): RegExp {
  const known = breaks.get(language);
  if (known) return known;
  const made = new RegExp(`[,;:]\\s+|\\s+[–—-]\\s+|\\s+(?:${JOINING[language]})\\s+`, 'giu');
  breaks.set(language, made);
  return made;
}

/** "Without" denies like a "not" where the rest is the same. */
const WITHOUT = /(?<!\p{L})(?:ohne|sans|sin|senza|zonder|sem)(?!\p{L})/iu;
const DENYING_PREFIX = /^(?:un|in|im|ir|on)(?=\p{L}{4})/u;

/**
 * Whether the evidence points the other way: a "not" or "without" added or lost, "before" for "after", "ungeöffnet" for "geöffnet", an "only" or
 * "always" of its own. Each clause of the claim is compared with the clause of the closest units that says most of it; one that agrees is enough.
 */
export function checkDirection(
  claim: ReadText,
  near: readonly RankedUnit[],
  language: ReadLanguage,
): Finding[] {
  return clausesIn(claim.text, language).flatMap(({ text, start }) => {
    const clause = readInLanguage(text, language);
    if (clause.stems.length < MIN_STEMS && clausesIn(claim.text, language).length > 1) return [];
    const candidates = near
      .flatMap(({ own }) => clausesIn(own.text, language).concat({ text: own.text, start: 0 }))
      .map(({ text: other }) => ({ other, shared: coverOfText(clause, readInLanguage(other, language)) }))
      .filter(({ shared }) => shared >= MIN_SHARED)
      .sort((a, b) => b.shared - a.shared || a.other.length - b.other.length);
    const [closest] = candidates;
    if (!closest) return [];
    const [first] = candidates
      .filter(({ shared }) => shared >= closest.shared - 0.1)
      .map(({ other, shared }) => compare(text, other, start, language, shared >= NEARLY_ALL))
      .sort((a, b) => badness(a) - badness(b));
    return first ?? [];
  });
}

function badness(findings: readonly Finding[]): number {
  return findings.reduce((sum, { isFatal }) => sum + (isFatal ? 2 : 1), 0);
}

function compare(
  said: string,
  source: string,
  shift: number,
  language: ReadLanguage,
  isClose: boolean,
): Finding[] {
  const [own, other] = [polarityOf(said, language), polarityOf(source, language)];
  const findings: Finding[] = [];
  const words: Span | null = own.at && { start: own.at.start + shift, end: own.at.end + shift };
  const isTurned = own.negations % 2 !== other.negations % 2;
  const isWithout = WITHOUT.test(said) !== WITHOUT.test(source);
  if (isTurned || isWithout) {
    const message = 'The source says the opposite: a "not" was added or lost.';
    // "No costs" may be "without costs"; a "not" alone is one.
    const isPlain = own.lexical === 0 && other.lexical === 0;
    const isSure = isTurned !== isWithout && (isPlain || isClose);
    findings.push(
      isSure ? fatal('negation_differs', message, { words }) : weak('negation_differs', message, { words }),
    );
  } else if (turnsWord(said, source) || turnsWord(source, said))
    findings.push(fatal('negation_differs', 'The source says the opposite of a word.'));
  const has = ({ marks }: Polarity, one: 'before' | 'after', not: 'before' | 'after'): boolean =>
    marks.has(one) && !marks.has(not);
  if (
    (has(own, 'before', 'after') && has(other, 'after', 'before')) ||
    (has(own, 'after', 'before') && has(other, 'before', 'after'))
  )
    findings.push(fatal('condition_differs', 'The source has "before" for "after", or the other way round.'));
  for (const mark of ['only', 'always', 'free'] as const)
    if (own.marks.has(mark) && !other.marks.has(mark))
      findings.push(weak('condition_differs', `The source does not say "${mark}".`));
  return findings;
}

/** "Ungeöffnet" on one side, "geöffnet" on the other. */
function turnsWord(a: string, b: string): boolean {
  const others = new Set(b.toLowerCase().match(/\p{L}+/gu) ?? []);
  return (a.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => {
    const base = word.replace(DENYING_PREFIX, '');
    return base !== word && others.has(base) && !others.has(word);
  });
}

function clausesIn(text: string, language: ReadLanguage): { text: string; start: number }[] {
  const parts: { text: string; start: number }[] = [];
  let start = 0;
  for (const { 0: mark, index } of text.matchAll(breakOf(language))) {
    // A number belongs to what it counts: "3 en 5 dagen".
    if (/\d\s*$/u.test(text.slice(0, index)) && /^\s*\d/u.test(text.slice(index + mark.length))) continue;
    if (index > start) parts.push({ text: text.slice(start, index), start });
    start = index + mark.length;
  }
  if (start < text.length) parts.push({ text: text.slice(start), start });
  return parts;
}

import { asCompared, type ComparedLanguage, type ReadLanguage } from '../../text/languages/language-words.js';
import { measuresIn } from '../../text/languages/measures-in.js';
import { whichLanguage } from '../../text/languages/which-language.js';
import { languageName } from '../../text/languages/words-of-language.js';
import { sameMeasure } from '../../text/measures.js';
import { unknownQuantities } from '../../text/unknown-quantities.js';
import type { EvidencePool, PoolUnit } from '../evidence-pool.js';
import { fatal, weak, type Finding } from '../finding.js';
import { checkStrangeNames } from './check-strange-names.js';
import { judgeInLanguage, type LanguageVerdict } from './judge-in-language.js';

const languages = new WeakMap<EvidencePool, Map<string, string>>();
/** Characters of an article its language is told by. */
const ENOUGH = 600;

/** Language of an article of the pool, told from the first that was found of it. */
function languageOf(pool: EvidencePool, articleId: string): string {
  const told = languages.get(pool) ?? new Map<string, string>();
  languages.set(pool, told);
  const known = told.get(articleId);
  if (known !== undefined) return known;
  let text = '';
  for (const unit of pool.units)
    if (unit.articleId === articleId && text.length < ENOUGH) text += ` ${unit.text}`;
  const found = whichLanguage(text);
  told.set(articleId, found);
  return found;
}

function articlesOf(pool: EvidencePool): string[] {
  return [...new Set(pool.units.flatMap(({ articleId }) => articleId ?? []))];
}

/** Languages other than English something was found in. */
export function foreignLanguages(pool: EvidencePool): string[] {
  const found = new Set(articlesOf(pool).map((articleId) => languageOf(pool, articleId)));
  return [...found].filter((language) => language !== 'en' && language !== 'und');
}

/** Whether nothing that was found is in English: English words then have nothing to be compared with. */
export function hasNoEnglish(pool: EvidencePool): boolean {
  if (pool.units.some(({ kind }) => kind !== 'passage')) return false;
  const articles = articlesOf(pool);
  return articles.length > 0 && articles.every((articleId) => languageOf(pool, articleId) !== 'en');
}

/**
 * Judges a claim in another language than English, or one whose evidence is. By evidence in its own language where there is any that speaks of
 * it ({@link judgeInLanguage}); else numbers with their units, days, codes and names are compared with everything that was found: a wrong one
 * is unsupported, all others are weak, because their words could not be read.
 * @param language of the whole draft, ISO 639-1.
 * @param known names that need no source, lower case.
 */
export function judgeOtherLanguage(
  text: string,
  language: string,
  pool: EvidencePool,
  known: ReadonlySet<string>,
): LanguageVerdict {
  const compared = asCompared(language);
  const current = pool.units.filter(({ isOutdated }) => !isOutdated);
  if (compared === null || compared === 'en') return byNumbers(text, language, compared, pool, known);
  const verdict = judgeByOwn(text, compared, pool, known);
  if (!verdict) return byNumbers(text, language, compared, pool, known);
  const isStrange = verdict.findings.some(
    ({ issue }) => issue.kind === 'low_coverage' || issue.kind === 'no_citation',
  );
  const own = ownUnits(compared, pool);
  if (!isStrange || own.length === current.length) return verdict;
  // Evidence in another language may say it.
  return byNumbers(text, language, compared, pool, known);
}

function ownUnits(language: ReadLanguage, pool: EvidencePool, isOld = false): PoolUnit[] {
  return pool.units.filter(
    ({ articleId, isOutdated }) =>
      isOutdated === isOld && articleId !== null && languageOf(pool, articleId) === language,
  );
}

function judgeByOwn(
  text: string,
  language: ReadLanguage,
  pool: EvidencePool,
  known: ReadonlySet<string>,
): LanguageVerdict | null {
  const facts = pool.units.filter(({ kind }) => kind === 'fact');
  const own = ownUnits(language, pool);
  const outdated = ownUnits(language, pool, true);
  if (own.length === 0 && outdated.length === 0) return null;
  const verdict = judgeInLanguage(text, language, own, facts, known);
  if (verdict.support !== 'unsupported' || outdated.length === 0) return verdict;
  const before = judgeInLanguage(text, language, outdated, facts, known);
  return before.support === 'supported'
    ? {
        ...before,
        support: 'unsupported',
        findings: [fatal('source_expired', 'Only a source past its date says so.')],
      }
    : verdict;
}

function byNumbers(
  text: string,
  language: string,
  compared: ComparedLanguage | null,
  pool: EvidencePool,
  known: ReadonlySet<string>,
): LanguageVerdict {
  const units = pool.units.filter(({ isOutdated }) => !isOutdated);
  const wrong = compared ? strangeMeasures(text, compared, pool, units) : strangeValues(text, units);
  const names = compared ? checkStrangeNames(text, compared, units, known).filter(isBrandOrLatin) : [];
  const findings = [...wrong, ...names];
  if (findings.length > 0) return { support: 'unsupported', findings, units: [] };
  const message = `Written in ${languageName(language)}, its sources in another language: numbers, days, codes and names agree, the words were not compared.`;
  return { support: 'weak', findings: [weak('other_language', message)], units: [] };
}

/** A name with one capital may be a word of the language; one with more is the same everywhere. */
function isBrandOrLatin({ issue }: Finding): boolean {
  return /^\p{L}*\p{Lu}\p{L}*\p{Lu}/u.test(issue.message);
}

function strangeMeasures(
  text: string,
  language: ComparedLanguage,
  pool: EvidencePool,
  units: readonly PoolUnit[],
): Finding[] {
  const known = units.flatMap((unit) => {
    const own = unit.articleId === null ? null : asCompared(languageOf(pool, unit.articleId));
    const read = own === null || own === 'en' ? [] : measuresIn(unit.text, own);
    return [...unit.measures, ...unit.context.measures, ...read];
  });
  return measuresIn(text, language)
    .filter(({ unit, value }) => !(['count', 'times'].includes(unit) && Number(value) <= 3))
    .filter((own) => !known.some((other) => sameMeasure(own, other)))
    .map((own) => {
      const kind = own.unit === 'date' ? 'date_not_in_source' : 'number_not_in_source';
      const words = { start: own.start, end: own.stop };
      return fatal(kind, `"${text.slice(own.start, own.stop).trim()}" is in no source.`, { words });
    });
}

/** In a language nothing is known of: digits and codes. */
function strangeValues(text: string, units: readonly PoolUnit[]): Finding[] {
  const source = units.map((unit) => `${unit.text} ${unit.context.text}`).join('\n');
  return unknownQuantities(text, source).map((value) =>
    fatal('number_not_in_source', `${value} is in no source.`),
  );
}

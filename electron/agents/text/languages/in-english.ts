import { addressesIn } from '../measures.js';
import type { LanguageWords } from './language-words.js';

/** A text of which only what {@link measuresOf} reads is left, in English, with the way back to the original. */
export interface InEnglish {
  readonly text: string;
  /** Place in the original of a place in `text`, UTF-16 units; the end of a replaced word belongs to its end. */
  placeOf(at: number, isEnd: boolean): number;
}

interface Piece {
  readonly start: number;
  readonly end: number;
  readonly english: string;
}

type Read = (match: RegExpExecArray) => string | null;
type Rule = readonly [pattern: RegExp, read: Read];

const EDGE = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
/** Order numbers, error codes: as {@link quantitiesOf} reads them. */
const CODE =
  /(?<![\p{L}\p{N}-])(?=[\p{L}\d-]*\d)(?:\p{Lu}{1,5}-?\d[\p{L}\d]*|\p{Lu}{2,}\d+\p{Lu}*)(?![\p{L}\p{N}])/gu;
const GROUPED = /(?<![\d.,])\d{1,3}(?:[. \u00a0\u202f]\d{3})+(?:,\d{1,2})?(?!\d)/gu;
const DECIMAL = /(?<![\d.,])\d+,\d+(?!\d)/gu;
const NUMERIC_DAY = /(?<!\d)(\d{1,2})[./](\d{1,2})[./](\d{4})(?!\d)/gu;
/** Written alike in every language, behind a number. */
const SHARED_UNITS =
  /(?<=\d\s?)(?:%|€|\$|£|°\s?C|°|(?:EUR|Euros?|euros?|euro|USD|GBP|CHF|SEK|NOK|DKK|kg|mm|cm|km|ml|GB|MB|g|l|m|W|V|K|Watt|watts?|Volt|volts?|Lumen|lumens?)(?![\p{L}\p{N}]))/gu;
const SHARED_SIGNS = /[€$£](?=\s?\d)|(?:EUR|USD|GBP|CHF)(?=\s\d)/gu;

const rulesOf = new Map<string, readonly Rule[]>();

/**
 * Says numbers, units, bounds, days and times of day of a sentence in English and blanks every other word, so that one reader of measures
 * serves all languages.
 */
export function inEnglish(text: string, words: LanguageWords): InEnglish {
  const pieces: Piece[] = addressesIn(text).map(({ start, stop }) => ({
    start,
    end: stop,
    english: text.slice(start, stop),
  }));
  const rules = rulesOf.get(words.code) ?? makeRules(words);
  rulesOf.set(words.code, rules);
  for (const [pattern, read] of rules)
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (pieces.some((piece) => piece.start < end && start < piece.end)) continue;
      const english = read(match);
      if (english !== null) pieces.push({ start, end, english });
    }
  return assemble(
    text,
    pieces.sort((a, b) => a.start - b.start),
  );
}

function assemble(text: string, pieces: readonly Piece[]): InEnglish {
  const parts: (Piece & { readonly from: number })[] = [];
  let out = '';
  let at = 0;
  const blank = (until: number): void => {
    out += text.slice(at, until).replace(/\p{L}/gu, 'x');
  };
  for (const piece of pieces) {
    blank(piece.start);
    parts.push({ ...piece, from: out.length });
    out += piece.english;
    at = piece.end;
  }
  blank(text.length);
  return {
    text: out,
    placeOf: (place, isEnd) => {
      const part = parts.findLast(({ from }) => (isEnd ? from < place : from <= place));
      if (!part) return place;
      const behind = place - part.from - part.english.length;
      if (isEnd ? behind <= 0 : behind < 0) return isEnd ? part.end : part.start;
      return part.end + behind;
    },
  };
}

function makeRules(words: LanguageWords): readonly Rule[] {
  const { months, monthNumber } = monthsOf(words.code);
  const englishMonth = (written: string): string => ENGLISH_MONTHS[monthNumber(written)] ?? '';
  const of = "(?:\\s+(?:de|di|del|do|d[’']))?";
  const unit = words.units.map(([pattern]) => pattern).join('|');
  const numbers = Object.keys(words.numbers).join('|');
  const ambiguous = Object.keys(words.ambiguousNumbers).join('|');
  const number = `(?:\\d|${EDGE}(?:${numbers}|${ambiguous}))`;
  const valueOf = (written: string): string =>
    String(words.numbers[written.toLowerCase()] ?? words.ambiguousNumbers[written.toLowerCase()] ?? '');
  const rule = (pattern: string, read: Read): Rule => [new RegExp(pattern, 'giu'), read];
  return [
    [CODE, ([code]) => code],
    [
      NUMERIC_DAY,
      ([, day = '', month = '', year = '']) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    ],
    rule(
      `${EDGE}(?<day>\\d{1,2})(?:\\.|er|º|ª|°)?${of}\\s+(?<month>${months})\\.?(?:${of}\\s+(?<year>\\d{4}))?${END}`,
      ({ groups }) =>
        `${groups?.['day'] ?? ''} ${englishMonth(groups?.['month'] ?? '')} ${groups?.['year'] ?? ''}`.trim(),
    ),
    rule(
      `${EDGE}(?<month>${months})${of}\\s+(?<year>\\d{4})${END}`,
      ({ groups }) => `${englishMonth(groups?.['month'] ?? '')} ${groups?.['year'] ?? ''}`,
    ),
    rule(
      `${EDGE}${words.clock}${END}`,
      ({ groups }) => `${groups?.['hour'] ?? ''}:${groups?.['minute'] ?? '00'}`,
    ),
    [GROUPED, ([written]) => written.replace(/[. \u00a0\u202f]/gu, '').replace(',', '.')],
    [DECIMAL, ([written]) => written.replace(',', '.')],
    [SHARED_SIGNS, ([sign]) => sign],
    [SHARED_UNITS, ([written]) => written],
    ...words.phrases.map(([pattern, english]) =>
      rule(
        `${EDGE}(?:${pattern})${END}${isBound(english) ? `(?=\\s+(?:\\p{L}{1,4}\\s+)?${number})` : ''}`,
        () => english,
      ),
    ),
    ...words.units.map(([pattern, english]) =>
      rule(`(?<=${number}[\\s-]?(?:\\p{L}+ )?)(?:${pattern})${END}`, ({ 0: written, input, index }) =>
        /[\s-]$/u.test(input.slice(0, index)) || written.startsWith(' ') ? english : ` ${english}`,
      ),
    ),
    rule(`(?<=${number}\\s?)(?:${words.range})(?=\\s?${number})`, () => 'to'),
    rule(`(?<=${number}\\s?)(?:${words.either})(?=\\s?${number})`, () => 'or'),
    rule(`${EDGE}(?:${numbers})${END}`, ([written]) => valueOf(written)),
    rule(`${EDGE}(?:${ambiguous})(?=[\\s-](?:${unit})${END})`, ([written]) =>
      valueOf(written) === '1' ? 'one' : valueOf(written),
    ),
  ];
}

function isBound(english: string): boolean {
  return ['up to', 'within', 'at least'].includes(english);
}

const ENGLISH_MONTHS =
  'January February March April May June July August September October November December'.split(' ');

/** Names of months, long and short, from the Unicode locale data. */
function monthsOf(code: string): {
  readonly months: string;
  readonly monthNumber: (written: string) => number;
} {
  const numbers = new Map<string, number>();
  for (const month of ['long', 'short'] as const)
    for (let at = 0; at < ENGLISH_MONTHS.length; at += 1) {
      const day = new Date(Date.UTC(2026, at, 15));
      for (const options of [{ month }, { month, day: 'numeric' as const }]) {
        const part = new Intl.DateTimeFormat(code, { ...options, timeZone: 'UTC' })
          .formatToParts(day)
          .find(({ type }) => type === 'month');
        const name = part?.value.replace(/\.$/u, '').toLowerCase() ?? '';
        if (name.length > 2) numbers.set(name, at);
      }
    }
  const months = [...numbers.keys()].sort((a, b) => b.length - a.length).join('|');
  return { months, monthNumber: (written) => numbers.get(written.toLowerCase()) ?? 0 };
}

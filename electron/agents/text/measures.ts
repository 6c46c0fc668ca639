import { quantitiesOf } from './quantities.js';

/** What a measure counts in; times of any length compare through minutes, except business days and months, which have no fixed length. */
export type MeasureUnit =
  | 'time'
  | 'business_day'
  | 'month'
  | 'night'
  | 'clock'
  | 'percent'
  | 'money'
  | 'size'
  | 'times'
  | 'count'
  | 'date'
  | 'code';

/** A number of a sentence with what it counts. */
export interface Measure {
  readonly unit: MeasureUnit;
  /** Comparable with others of the same unit: minutes, months, `4.95 EUR`, `2026-11-18`, `PAY-311`, `30 °C`, `10`. */
  readonly value: string;
  /** `low` and `high` are the ends of a range: "3-5 days". */
  readonly end: 'single' | 'low' | 'high';
  /** What the words before it make of it. */
  readonly bound: 'exact' | 'at_most' | 'at_least';
  readonly start: number;
  readonly stop: number;
  /** The unit as it is written, empty for a bare number. */
  readonly written: string;
}

const WORDS =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen`
    .split(' ')
    .map((word, value) => [word, value] as const);
const TENS = `twenty thirty forty fifty sixty seventy eighty ninety`
  .split(' ')
  .map((word, at) => [word, (at + 2) * 10] as const);
const wordValues = new Map<string, number>([
  ...WORDS,
  ...TENS,
  ['hundred', 100],
  ['dozen', 12],
  ['a hundred', 100],
  ['a dozen', 12],
  ['couple', 2],
  ['a couple of', 2],
  ['a', 1],
  ['an', 1],
  ['half', 0.5],
  ['half a', 0.5],
  ['half an', 0.5],
  ['a quarter of an', 0.25],
  ['three quarters of an', 0.75],
  ['single', 1],
]);

const MINUTES: Readonly<Record<string, number>> = {
  second: 1 / 60,
  minute: 1,
  hour: 60,
  day: 1440,
  week: 10_080,
  fortnight: 20_160,
};
const SIZES: Readonly<Record<string, readonly [string, number]>> = {
  g: ['g', 1],
  gram: ['g', 1],
  kg: ['g', 1000],
  kilo: ['g', 1000],
  kilogram: ['g', 1000],
  mm: ['cm', 0.1],
  cm: ['cm', 1],
  m: ['cm', 100],
  metre: ['cm', 100],
  km: ['cm', 100_000],
  ml: ['l', 0.001],
  l: ['l', 1],
  litre: ['l', 1],
  liter: ['l', 1],
  w: ['W', 1],
  watt: ['W', 1],
  v: ['V', 1],
  volt: ['V', 1],
  k: ['K', 1],
  lumen: ['lm', 1],
  '°c': ['°C', 1],
  '°': ['°', 1],
  degree: ['°', 1],
  spin: ['spin', 1],
  gb: ['MB', 1000],
  mb: ['MB', 1],
};
const CURRENCIES: Readonly<Record<string, string>> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  chf: 'CHF',
  sek: 'SEK',
  nok: 'NOK',
  dkk: 'DKK',
};

const spelled = [...wordValues.keys()].sort((a, b) => b.length - a.length).join('|');
/** Words that are numbers wherever they stand. */
const plain = [...WORDS, ...TENS]
  .map(([word]) => word)
  .filter((word) => word !== 'one')
  .join('|');
const digits = '\\d{1,3}(?:[ ,]\\d{3})+(?:\\.\\d+)?|\\d+(?:[.,]\\d+)?';
const NUMBER = `(?:${digits})|\\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[ -](?:one|two|three|four|five|six|seven|eight|nine)|${spelled})\\b`;
const UNIT =
  'business days?|working days?|weekdays?|%|per ?cent|percent|°\\s?C|°|€|\\$|£|(?:eur|euros?|usd|dollars?|gbp|pounds?|chf|sek|nok|dkk|seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|fortnights?|months?|years?|nights?|times?|grams?|kilograms?|kilos?|kg|mm|cm|km|met(?:re|er)s?|ml|lit(?:re|er)s?|watts?|volts?|lumens?|degrees?|spins?|gb|mb|am|pm|g|l|w|v|k|m)\\b';
/** A number, a range of two, each with or without a unit; "30-day" and "3-year" too. */
const MEASURE = new RegExp(
  `(?<sign>[€$£]\\s?|(?:EUR|USD|GBP|CHF)\\s)?(?<low>${NUMBER})(?:\\s?(?<lowUnit>${UNIT}))?(?:\\s?(?:-|–|to|and|or)\\s?(?<high>(?:[€$£]\\s?)?(?:${digits}|\\b(?:${plain})\\b)))?(?:[\\s-]?(?<unit>${UNIT}))?`,
  'giu',
);
/** Addresses of mail and web, compared letter by letter. */
const LINK =
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b(?:https?:\/\/)?(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|eu|nl|de|be|co\.uk|example|app|shop|dev|info)(?:\/[\w\-./?=&%#]*[\w/])?/giu;
const MONTH_NAMES = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH_YEAR =
  /\b(January|February|March|April|May|June|July|August|September|October|November|December) (\d{4})\b/gu;
const CLOCK = /\b(?<hour>\d{1,2})(?::(?<minute>\d{2}))?\s?(?<half>am|pm|a\.m\.|p\.m\.)?(?![\p{L}\d-])/giu;
const AFTERNOON =
  /\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}) (?:o'clock )?in the (?:morning|afternoon|evening)\b/giu;
const AT_MOST =
  /(?:\b(?:up to|at most|within|no more than|not more than|no longer than|maximum of|max\.?|no later than|as long as|(?:less|fewer|smaller|lighter|shorter|younger|earlier|lower) than|below|under|or less)\s*(?:the |a |an )?)$/iu;
const AT_LEAST =
  /(?:\b(?:at least|minimum of|from|no less than|(?:more|longer|stronger|higher|larger|bigger|greater|heavier|older|later) than|over|above|beyond|exceeding|another|after)\s*(?:the |a |an )?)$/iu;
/** "Up to 7 days before" leaves 7 days or more. */
const DEADLINE =
  /(?:(?<!\b(?:takes?|needs?|lasts?|wait|allow) )\bup to|\b(?:until|till|no later than|not later than))\s*$/iu;
const AND_LESS = /^\s*(?:or|and) (?:less|under|below|fewer|younger|smaller|shorter)\b/iu;
const AND_MORE = /^\s*(?:or|and) (?:more|over|above|older|longer|up|larger|later)\b/iu;
/** "One" and "a" count only before something that is counted. */
const WORD_ONLY = /^(?:a|an|one|single|half|couple)$/iu;
/** "Per year" and "yearly" say how often as "a year" does. */
const RATE =
  /\b(?:per|each|every) (?<unit>day|week|month|year)\b|\b(?<adverb>daily|weekly|monthly|yearly|annual|annually)\b/giu;
const RATES: Readonly<Record<string, string>> = {
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
  annual: 'year',
  annually: 'year',
};
const FREQUENCY: readonly (readonly [RegExp, string])[] = [
  [/\btwice\b/giu, '2'],
  [/\bthrice\b/giu, '3'],
  [
    /\bonce(?= (?:per|a|an|every|each) (?:day|week|month|year|season|order|customer|household)\b|\s*(?:[.,;)]|$)| in \d)/giu,
    '1',
  ],
];

/** Every number of a text with its unit, in order; days and codes as {@link quantitiesOf} reads them. */
export function measuresOf(text: string): Measure[] {
  const found: Measure[] = [];
  const rest = blank(takeExact(text, found));
  const clocked = takeClock(rest, found);
  for (const match of clocked.matchAll(MEASURE)) found.push(...fromMatch(match, clocked));
  for (const [pattern, value] of FREQUENCY) {
    for (const { index, 0: written } of text.matchAll(pattern))
      found.push(measure('times', value, 'single', 'exact', index, index + written.length));
  }
  for (const { index, 0: written, groups } of text.matchAll(RATE)) {
    const { unit, value } = readUnit(
      1,
      RATES[groups?.['adverb']?.toLowerCase() ?? ''] ?? groups?.['unit'] ?? '',
    );
    found.push(measure(unit, value, 'single', 'exact', index, index + written.length));
  }
  return inheritUnits(
    found.sort((a, b) => a.start - b.start),
    text,
  );
}

/** "Every 2, 4 or 6 weeks": the 2 counts weeks too. */
function inheritUnits(found: readonly Measure[], text: string): Measure[] {
  const result = [...found];
  for (let at = result.length - 2; at >= 0; at -= 1) {
    const one = result[at];
    const next = result.slice(at + 1).find(({ start }) => start > (one?.start ?? 0));
    if (one?.unit !== 'count' || !next || next.unit === 'count' || next.unit === 'date') continue;
    if (!/^(?:,\s*|,? (?:or|and|rather than|not) )$/u.test(text.slice(one.stop, next.start))) continue;
    result[at] = { ...one, ...readUnit(Number(one.value), next.written), written: next.written };
  }
  // "14 days rather than 30", "up to three business days and then another five to seven".
  result.forEach((one, at) => {
    const before = result.slice(0, at).findLast(({ start }) => start < one.start);
    if (one.unit !== 'count' || !before || ['count', 'date', 'code', 'money'].includes(before.unit)) return;
    if (
      !/\b(?:rather than|not|instead of|another|then|or)\s+(?:the |another )?$/iu.test(
        text.slice(before.stop, one.start),
      )
    )
      return;
    if (
      /^\s*\p{L}+/u.test(text.slice(one.stop)) &&
      !/^\s*(?:until|more|when|after|for|to|if|and|or)\b/iu.test(text.slice(one.stop))
    )
      return;
    result[at] = { ...one, ...readUnit(Number(one.value), before.written), written: before.written };
  });
  return result;
}

function blank(text: string): string {
  // The numbers of steps count nothing.
  return text.replace(/^\s*\d+[.)]\s/u, (mark) => ' '.repeat(mark.length));
}

/** Addresses of mail and web in a text, lower case. */
export function addressesIn(
  text: string,
): { readonly value: string; readonly start: number; readonly stop: number }[] {
  if (!/[@/]|\.[a-z]{2}/iu.test(text)) return [];
  return Array.from(text.matchAll(LINK), ({ 0: written, index }) => ({
    value: written.toLowerCase(),
    start: index,
    stop: index + written.length,
  }));
}

function takeExact(whole: string, found: Measure[]): string {
  const addresses = addressesIn(whole);
  let text = whole;
  for (const { value, start, stop } of addresses) {
    found.push(measure('code', value, 'single', 'exact', start, stop));
    text = text.slice(0, start) + ' '.repeat(stop - start) + text.slice(stop);
  }
  let rest = text.replace(MONTH_YEAR, (written: string, name: string, year: string, at: number) => {
    const month = MONTH_NAMES.indexOf(name.slice(0, 3).toLowerCase()) + 1;
    if (/\d\s$/u.test(text.slice(0, at))) return written;
    found.push(
      measure(
        'date',
        `${year}-${String(month).padStart(2, '0')}`,
        'single',
        'exact',
        at,
        at + written.length,
      ),
    );
    return ' '.repeat(written.length);
  });
  for (const { kind, value, start, end } of quantitiesOf(rest)) {
    if (kind === 'number') continue;
    found.push(measure(kind, value, 'single', 'exact', start, end));
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  }
  return rest;
}

function takeClock(text: string, found: Measure[]): string {
  if (!/\d|in the /u.test(text)) return text;
  const spoken = text.replace(AFTERNOON, (written: string, word: string, at: number) => {
    const hour = wordValues.get(word.toLowerCase()) ?? Number(word);
    if (!(hour >= 1 && hour <= 12)) return written;
    const late = /afternoon|evening/iu.test(written);
    const value = `${String((hour % 12) + (late ? 12 : 0)).padStart(2, '0')}:00`;
    found.push(measure('clock', value, 'single', 'exact', at, at + written.length));
    return ' '.repeat(written.length);
  });
  return spoken.replace(CLOCK, (written: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as { hour: string; minute?: string; half?: string };
    if (groups.minute === undefined && groups.half === undefined) return written;
    const at = rest.at(-3) as number;
    const isAfternoon = /^p/iu.test(groups.half ?? '');
    const hour = (Number(groups.hour) % (groups.half === undefined ? 24 : 12)) + (isAfternoon ? 12 : 0);
    const value = `${String(hour).padStart(2, '0')}:${groups.minute ?? '00'}`;
    found.push(measure('clock', value, 'single', 'exact', at, at + written.length));
    return ' '.repeat(written.length);
  });
}

function fromMatch(match: RegExpExecArray | RegExpMatchArray, text: string): Measure[] {
  const { sign = '', low = '', lowUnit, high, unit } = match.groups ?? {};
  const start = match.index ?? 0;
  const before = text.slice(Math.max(0, start - 24), start);
  if (/[\p{L}\d]$/u.test(before) || /[\p{L}]$/u.test(before + sign.trim())) return [];
  const named = (unit ?? lowUnit ?? sign.trim()).toLowerCase();
  if (WORD_ONLY.test(low) && !canBeCounted(low, named, text.slice(start + match[0].length))) return [];
  const stop = start + match[0].trimEnd().length;
  const after = text.slice(stop, stop + 16);
  const isAhead = DEADLINE.test(before) && /^\s*(?:before|ahead|prior)\b/iu.test(after);
  const bound = isAhead
    ? 'at_least'
    : AT_MOST.test(before) || AND_LESS.test(after)
      ? 'at_most'
      : AT_LEAST.test(before) || AND_MORE.test(after)
        ? 'at_least'
        : 'exact';
  const make = (number: string, end: Measure['end'], own: string): Measure[] => {
    const read = readUnit(numberOf(number), own);
    return [measure(read.unit, read.value, end, bound, start, stop, own)];
  };
  if (high === undefined) return make(low, 'single', named);
  const isRange = !/\b(?:and|or)\b/iu.test(match[0]);
  return [
    ...make(low, isRange ? 'low' : 'single', (lowUnit ?? named).toLowerCase()),
    ...make(high.replace(/^[€$£]\s?/u, ''), isRange ? 'high' : 'single', named),
  ];
}

function canBeCounted(word: string, unit: string, after: string): boolean {
  if (unit === '') {
    if (/^half$/iu.test(word)) return /^ (?:of |the |its |their )/iu.test(after);
    return /^(?:one|single)$/iu.test(word)
      ? /^ (?:code|order|parcel|label|card|year|crate|time|photo|attempt|bag|item|account|return|payment)\b/iu.test(
          after,
        )
      : false;
  }
  // "a day" after an amount is a rate, "on a business day" no length.
  return (
    !/^(?:times?|am|pm|m|l|g|k|v|w|business days?|weekdays?)$/iu.test(unit) || /^(?:one|single)$/iu.test(word)
  );
}

function numberOf(written: string): number {
  const lower = written.toLowerCase();
  const word = wordValues.get(lower);
  if (word !== undefined) return word;
  const [tens, ones] = lower.split(/[ -]/);
  if (wordValues.has(tens ?? '') && wordValues.has(ones ?? ''))
    return (wordValues.get(tens ?? '') ?? 0) + (wordValues.get(ones ?? '') ?? 0);
  return Number(
    /^\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?$/.test(lower) ? lower.replace(/[ ,]/g, '') : lower.replace(',', '.'),
  );
}

function readUnit(number: number, named: string): { unit: MeasureUnit; value: string } {
  const plain = (value: number): string => String(Math.round(value * 10_000) / 10_000);
  const unit = named.replace(/\s/g, '');
  const currency = CURRENCIES[unit];
  if (currency !== undefined) return { unit: 'money', value: `${plain(number)} ${currency}` };
  if (unit === '')
    return number === 0.5 ? { unit: 'percent', value: '50' } : { unit: 'count', value: plain(number) };
  if (/^(?:%|percent|per ?cent)$/.test(unit)) return { unit: 'percent', value: plain(number) };
  if (/^(?:businessday|workingday|weekday)s?$/.test(unit))
    return { unit: 'business_day', value: plain(number) };
  const single = unit.replace(/s$/, '').replace(/^min$/, 'minute').replace(/^hr$/, 'hour');
  if (single === 'night') return { unit: 'night', value: plain(number) };
  if (single === 'time') return { unit: 'times', value: plain(number) };
  if (single === 'month') return { unit: 'month', value: plain(number) };
  if (single === 'year') return { unit: 'month', value: plain(number * 12) };
  const minutes = MINUTES[single];
  if (minutes !== undefined) return { unit: 'time', value: plain(number * minutes) };
  const size = SIZES[single] ?? SIZES[unit];
  if (size) return { unit: 'size', value: `${plain(number * size[1])} ${size[0]}` };
  return { unit: 'count', value: plain(number) };
}

function measure(
  unit: MeasureUnit,
  value: string,
  end: Measure['end'],
  bound: Measure['bound'],
  start: number,
  stop: number,
  written = '',
): Measure {
  return { unit, value, end, bound, start, stop, written };
}

/** Whether two measures say the same: unit and value, a business day like a day, a day without a year like one with. */
export function sameMeasure(a: Measure, b: Measure): boolean {
  if (a.unit === b.unit) return a.value === b.value || (a.unit === 'date' && sameDay(a.value, b.value));
  if (a.unit === 'business_day' && b.unit === 'time') return String(Number(a.value) * 1440) === b.value;
  if (b.unit === 'business_day' && a.unit === 'time') return String(Number(b.value) * 1440) === a.value;
  if (a.unit === 'month' && b.unit === 'time') return String(Number(a.value) * 30 * 1440) === b.value;
  if (b.unit === 'month' && a.unit === 'time') return String(Number(b.value) * 30 * 1440) === a.value;
  const loose: readonly MeasureUnit[] = ['count', 'times'];
  return loose.includes(a.unit) && loose.includes(b.unit) && a.value === b.value;
}

function sameDay(a: string, b: string): boolean {
  // A month alone (`2027-03`) is borne out by a day in it.
  const isMonth = (day: string): boolean => /^\d{4}-\d{2}$/u.test(day);
  if (isMonth(a) || isMonth(b)) return a.slice(0, 7) === b.slice(0, 7);
  return a.slice(-5) === b.slice(-5) && (a.startsWith('-') || b.startsWith('-'));
}

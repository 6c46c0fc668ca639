/** A number as a sentence states it: `value` is comparable (`4.95`, `2026-11-18`, `PAY-311`). */
export interface Quantity {
  readonly kind: 'number' | 'date' | 'code';
  readonly value: string;
  /** Place in the text, UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const month = `(${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')})`;

const DAY_MONTH = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? ${month}\\b\\.?(?:,? (\\d{4}))?`, 'gi');
const MONTH_DAY = new RegExp(`\\b${month}\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4}))?`, 'gi');
const ISO_DAY = /\b(\d{4})-(\d{2})-(\d{2})\b/g;
/** Order numbers, error codes, tracking numbers: letters and digits that mean nothing apart. */
const CODE = /\b(?=[\p{L}\d-]*\d)(?:\p{Lu}{1,5}-?\d[\p{L}\d]*|\p{Lu}{2,}\d+\p{Lu}*)\b/gu;
const NUMBER = /\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?/g;

const WORDS: Readonly<Record<string, string>> = {
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  fourteen: '14',
  twenty: '20',
  thirty: '30',
  sixty: '60',
};

/** All numbers, days and codes of a text. A day without a year is `--MM-DD`; `7-12` gives 7 and 12. */
export function quantitiesOf(text: string): Quantity[] {
  const found: Quantity[] = [];
  let rest = text;
  const take = (
    pattern: RegExp,
    read: (match: RegExpMatchArray) => Pick<Quantity, 'kind' | 'value'>,
  ): void => {
    for (const match of rest.matchAll(pattern))
      found.push({ ...read(match), start: match.index, end: match.index + match[0].length });
    // As long as what was taken, so that places stay true.
    rest = rest.replace(pattern, (taken) => ' '.repeat(taken.length));
  };
  take(ISO_DAY, ([value]) => ({ kind: 'date', value }));
  take(DAY_MONTH, ([, day, name, year]) => ({ kind: 'date', value: dayValue(year, name, day) }));
  take(MONTH_DAY, ([, name, day, year]) => ({ kind: 'date', value: dayValue(year, name, day) }));
  take(CODE, ([value]) => ({ kind: 'code', value: value.toUpperCase() }));
  take(NUMBER, ([value]) => ({ kind: 'number', value: plainNumber(value) }));
  for (const { 0: word, index } of rest.toLowerCase().matchAll(/\p{L}+/gu)) {
    const value = WORDS[word];
    if (value !== undefined) found.push({ kind: 'number', value, start: index, end: index + word.length });
  }
  return found;
}

function dayValue(year: string | undefined, name: string | undefined, day: string | undefined): string {
  const number = MONTHS.findIndex((full) => full.startsWith((name ?? '').slice(0, 3).toLowerCase())) + 1;
  return `${year ?? '-'}-${String(number).padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`;
}

function plainNumber(text: string): string {
  const grouped = /^\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?$/.test(text)
    ? text.replace(/[ ,]/g, '')
    : text.replace(',', '.');
  return String(Number(grouped));
}

/** Adds `days` to an ISO day. */
export function addDays(isoDay: string, days: number): string {
  return new Date(Date.parse(`${isoDay}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Prints an ISO day the way replies write it: `18 November 2026`. */
export function printDay(isoDay: string): string {
  const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat('en-GB', options).format(new Date(`${isoDay}T00:00:00Z`));
}

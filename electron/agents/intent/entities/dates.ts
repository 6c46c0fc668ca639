import * as chronoNode from 'chrono-node';
import type { Chrono, ParsedResult } from 'chrono-node';

import { overlaps } from '../../text/text-spans.js';
import type { FoundEntity } from './found-entity.js';
import { findRelativeDates, isoDays } from './relative-dates.js';

/** Durations and times without a day: "within 30 days" is a rule, no date. */
const DURATION =
  /^(?:within|after)\s+(?:an?|\d+|[a-z]+)\s+(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?)$|^for\b|^now$/iu;
/** Everyday words that are also short names of days and months. */
const EVERYDAY = /^(?:sat|sun|mon|wed|may|march|mar|dec|second|first|third|this (?:week|month|year))$/iu;
const WEEKDAY =
  /^(?:on\s+)?(?:(?<which>last|past|next|this|coming)\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b/iu;
const AHEAD =
  /\b(?:by|until|till|before|next|coming|latest|no later than|will|leave|leaving|moving|going to)\b[^.!?]{0,30}$/iu;
const BEHIND =
  /\b(?:last|past|since|was|were|been|had|ordered|bought|placed|received|returned|sent|paid|cancelled|arrived|came|delivered|supposed|promised|due|expected|should have|told me)\b[^.!?]{0,40}$/iu;
/** Chrono counts it in. */
const PREPOSITION = /^(?:(?:on|am|op|le|el|il|em|den|the)\s+)+/iu;
const LOOKED_BACK = 80;
const DAY_MS = 86_400_000;

/**
 * Parsers of chrono for durations and times of day, which are no dates here. Their patterns take 50 ms each to compile, too long for the
 * thread that also moves the windows; "two weeks ago" is read by {@link findRelativeDates}.
 */
const NOT_NEEDED =
  /^EN(?:TimeUnitAgoFormat|TimeUnitLaterFormat|TimeUnitWithinFormat|TimeUnitCasualRelativeFormat|EndOfCurrentMonth|RelativeDateFormat)Parser$|(?:TimeExpression|CasualTime)Parser$/u;
/** Languages whose days chrono reads; the others get numbers and English. */
const LOCALES = {
  de: chronoNode.de,
  fr: chronoNode.fr,
  nl: chronoNode.nl,
  es: chronoNode.es,
  pt: chronoNode.pt,
  it: chronoNode.it,
  sv: chronoNode.sv,
  fi: chronoNode.fi,
} as const;
const parsers = new Map<string, Chrono>();

/** Made when a language is first met: each costs some milliseconds. */
function parserFor(language: string): Chrono {
  const made = parsers.get(language);
  if (made) return made;
  const isForeign = language in LOCALES;
  const parser = (isForeign ? LOCALES[language as keyof typeof LOCALES].casual : chronoNode.en.GB).clone();
  parser.parsers = parser.parsers.filter((each) => !NOT_NEEDED.test(each.constructor.name));
  parsers.set(language, parser);
  return parser;
}

/** When and where a text was written, which decides what its days are. */
export interface DateContext {
  readonly sentAt: Date;
  readonly timezone: string;
  /** ISO 639-1. */
  readonly language: string;
}

/**
 * Days a customer names, relative to when they wrote, as ISO dates or intervals in the team's time zone (day before month, as in Europe).
 * Weekdays look forward after "by" or "before" and back after words of the past. Durations and everyday words are no dates. Where two
 * readings overlap the longer one stays.
 */
export function findDates(text: string, { sentAt, timezone, language }: DateContext): FoundEntity[] {
  const offsetMinutes = zoneOffsetMinutes(sentAt, timezone);
  const relative = findRelativeDates(text, new Date(sentAt.getTime() + offsetMinutes * 60_000));
  const languages = Object.hasOwn(LOCALES, language) ? [language, 'en'] : ['en'];
  const results = languages
    .flatMap((each) => parserFor(each).parse(text, { instant: sentAt, timezone: offsetMinutes }))
    .filter(isDay);
  const named = results.map((result) => ({
    kind: 'date' as const,
    value: isoValue(result, text, sentAt, offsetMinutes),
    start: result.index + (PREPOSITION.exec(result.text)?.[0].length ?? 0),
    end: result.index + result.text.replace(/[\s,.;:]+$/u, '').length,
  }));
  const kept: FoundEntity[] = [];
  for (const date of [...relative, ...named].sort((a, b) => b.end - b.start - (a.end - a.start)))
    if (!overlaps(date, kept)) kept.push(date);
  return kept;
}

function isDay({ text, start }: ParsedResult): boolean {
  const words = text.trim();
  if (DURATION.test(words) || EVERYDAY.test(words)) return false;
  // "3.5" or "14-21": numbers with a dot or a dash alone are sizes and ranges far more often.
  if (/^\d{1,2}[.-]\d{1,2}\.?$/u.test(words)) return false;
  if (start.isCertain('weekday') && !start.isCertain('day'))
    return WEEKDAY.test(words) || !EVERYDAY.test(words);
  return start.isCertain('day') && start.isCertain('month');
}

function dayOf(components: ParsedResult['start']): number {
  return Date.UTC(
    components.get('year') ?? 1970,
    (components.get('month') ?? 1) - 1,
    components.get('day') ?? 1,
  );
}

function isoValue(result: ParsedResult, text: string, sentAt: Date, offsetMinutes: number): string {
  const { start, end } = result;
  const day = dayOf(start);
  if (end?.isCertain('day') && dayOf(end) > day) return isoDays([day, dayOf(end)]);
  const which = WEEKDAY.exec(result.text)?.groups?.['which'];
  const isBareWeekday = !start.isCertain('day') && start.isCertain('weekday') && which === undefined;
  if (!isBareWeekday) return isoDays([day, day]);
  const local = new Date(sentAt.getTime() + offsetMinutes * 60_000);
  const today = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  const before = text.slice(Math.max(0, result.index - LOOKED_BACK), result.index);
  let meant = day;
  if (AHEAD.test(before)) while (meant <= today) meant += 7 * DAY_MS;
  else if (BEHIND.test(before)) while (meant > today) meant -= 7 * DAY_MS;
  if (AHEAD.test(before)) while (meant - 7 * DAY_MS > today) meant -= 7 * DAY_MS;
  return isoDays([meant, meant]);
}

/** Minutes a zone is ahead of UTC at a moment; 0 for a zone this machine does not know. */
function zoneOffsetMinutes(at: Date, timezone: string): number {
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone: timezone,
      timeZoneName: 'longOffset',
    }).formatToParts(at);
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const offset = /(?<sign>[+-])(?<hours>\d{2}):(?<minutes>\d{2})/u.exec(name)?.groups;
    if (!offset) return 0;
    const minutes = Number(offset['hours']) * 60 + Number(offset['minutes']);
    return offset['sign'] === '-' ? -minutes : minutes;
  } catch {
    return 0;
  }
}

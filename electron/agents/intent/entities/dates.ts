import { en, type ParsedResult } from 'chrono-node';

import { findDaysAgo } from './days-ago.js';
import type { FoundEntity } from './found-entity.js';

/** Durations and times without a day: "within 30 days" is a rule, no date. */
const DURATION =
  /^(?:in|within|after)\s+(?:an?|\d+|[a-z]+)\s+(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?)$|^for\b|^now$/iu;
/** Everyday words that are also short names of days and months. */
const EVERYDAY =
  /^(?:sat|sun|mon|wed|may|march|mar|dec|second|first|third|this (?:morning|afternoon|evening|week|month|year))$/iu;
const WEEKDAY =
  /^(?:on\s+)?(?:(?<which>last|past|next|this|coming)\s+)?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b/iu;
const AHEAD =
  /\b(?:by|until|till|before|next|coming|latest|no later than|will|leave|leaving|moving|going to)\b[^.!?]{0,30}$/iu;
const BEHIND =
  /\b(?:last|past|since|was|were|been|had|ordered|bought|placed|received|returned|sent|paid|cancelled|arrived|came|delivered|supposed|promised|due|expected|should have|told me)\b[^.!?]{0,40}$/iu;
const LOOKED_BACK = 80;
const DAY_MS = 86_400_000;

/**
 * Parsers of chrono for durations and times of day, which are no dates here. Their patterns take 50 ms each to compile, too long for the
 * thread that also moves the windows; "two weeks ago" is read by {@link findDaysAgo}.
 */
const NOT_NEEDED = new Set([
  'ENTimeUnitAgoFormatParser',
  'ENTimeUnitLaterFormatParser',
  'ENTimeUnitWithinFormatParser',
  'ENTimeUnitCasualRelativeFormatParser',
  'ENTimeExpressionParser',
  'ENCasualTimeParser',
  'ENEndOfCurrentMonthParser',
]);
const chrono = en.GB.clone();
chrono.parsers = chrono.parsers.filter((parser) => !NOT_NEEDED.has(parser.constructor.name));

/**
 * Days a customer names, relative to when they wrote, as ISO dates in the team's time zone (day before month, as in Europe).
 * Weekdays look forward after "by" or "before" and back after words of the past. Months alone, durations and everyday words are no dates.
 */
export function findDates(text: string, sentAt: Date, timezone: string): FoundEntity[] {
  const offsetMinutes = zoneOffsetMinutes(sentAt, timezone);
  const ago = findDaysAgo(text, new Date(sentAt.getTime() + offsetMinutes * 60_000));
  const results = chrono.parse(text, { instant: sentAt, timezone: offsetMinutes }).filter(isDay);
  const named = results.map((result) => ({
    kind: 'date' as const,
    value: isoDay(result, text, sentAt, offsetMinutes),
    start: result.index,
    end: result.index + result.text.replace(/[\s,.;:]+$/u, '').length,
  }));
  return [...ago, ...named];
}

function isDay({ text, start }: ParsedResult): boolean {
  const words = text.trim();
  if (DURATION.test(words) || EVERYDAY.test(words)) return false;
  // "3.5" or "14-21": numbers with a dot or a dash alone are sizes and ranges far more often.
  if (/^\d{1,2}[.-]\d{1,2}\.?$/u.test(words)) return false;
  if (start.isCertain('weekday') && WEEKDAY.test(words)) return true;
  return start.isCertain('day') && start.isCertain('month');
}

function isoDay(result: ParsedResult, text: string, sentAt: Date, offsetMinutes: number): string {
  const { start } = result;
  const day = Date.UTC(start.get('year') ?? 1970, (start.get('month') ?? 1) - 1, start.get('day') ?? 1);
  const which = WEEKDAY.exec(result.text)?.groups?.['which'];
  const isBareWeekday = !start.isCertain('day') && start.isCertain('weekday') && which === undefined;
  if (!isBareWeekday) return new Date(day).toISOString().slice(0, 10);
  const local = new Date(sentAt.getTime() + offsetMinutes * 60_000);
  const today = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  const before = text.slice(Math.max(0, result.index - LOOKED_BACK), result.index);
  let meant = day;
  if (AHEAD.test(before)) while (meant <= today) meant += 7 * DAY_MS;
  else if (BEHIND.test(before)) while (meant > today) meant -= 7 * DAY_MS;
  if (AHEAD.test(before)) while (meant - 7 * DAY_MS > today) meant -= 7 * DAY_MS;
  return new Date(meant).toISOString().slice(0, 10);
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

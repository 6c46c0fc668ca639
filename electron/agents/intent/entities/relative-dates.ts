import type { FoundEntity } from './found-entity.js';

const DAY_MS = 86_400_000;
const numbers: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fourteen: 14,
  fifteen: 15,
  twenty: 20,
  thirty: 30,
};
const COUNT = `(?<count>\\d{1,3}|${Object.keys(numbers).join('|')})`;
const UNIT = '(?<unit>day|week|month|year)s?';
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const ORDINAL = '(?<day>[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)';

/** A moment whose UTC fields are the local ones. */
type Local = Date;
/** First and last day, both included. */
type Days = readonly [first: number, last: number];

interface Rule {
  readonly pattern: RegExp;
  /** The days a match means, in milliseconds of UTC midnights; null when it means none. */
  readonly days: (
    groups: Readonly<Record<string, string | undefined>>,
    now: Local,
    before: string,
  ) => Days | null;
}

/** Words before a day of the month that look ahead. */
const AHEAD =
  /\b(?:by|until|till|before|next|coming|latest|will|leave|leaving|moving|going|need|on or after)\b[^.!?]{0,25}$/iu;
const BEHIND =
  /\b(?:last|past|since|was|were|been|had|ordered|bought|placed|received|returned|sent|paid|arrived|came|delivered|supposed|promised|due|went)\b[^.!?]{0,25}$/iu;

const rules: readonly Rule[] = [
  {
    pattern: new RegExp(`\\b${COUNT}\\s+${UNIT}\\s+(?:ago|back)\\b`, 'giu'),
    days: ({ count, unit }, now) => single(shifted(now, -countOf(count), unit)),
  },
  {
    pattern: new RegExp(`\\bin\\s+(?:about\\s+)?${COUNT}\\s+${UNIT}(?:\\s+time)?(?![\\p{L}-])`, 'giu'),
    days: ({ count, unit }, now) => single(shifted(now, countOf(count), unit)),
  },
  {
    pattern: new RegExp(`\\b${COUNT}\\s+${UNIT}\\s+from\\s+(?:now|today)\\b`, 'giu'),
    days: ({ count, unit }, now) => single(shifted(now, countOf(count), unit)),
  },
  {
    pattern:
      /\b(?<which>last|past|previous|this|current|next|coming)\s+(?<unit>week|weekend|month|quarter|year)\b/giu,
    days: ({ which, unit }, now) => spanOf((unit ?? '').toLowerCase(), stepOf(which), now),
  },
  {
    pattern: new RegExp(`\\b(?:the\\s+)?(?:last|past)\\s+${COUNT}\\s+${UNIT}(?![\\p{L}-])`, 'giu'),
    days: ({ count, unit }, now) => [shifted(now, -countOf(count), unit), midnight(now)],
  },
  {
    pattern: /\b(?:the\s+)?day\s+(?<which>after\s+tomorrow|before\s+yesterday)\b/giu,
    days: ({ which }, now) =>
      single(midnight(now) + (which?.toLowerCase().startsWith('a') ? 2 : -2) * DAY_MS),
  },
  {
    pattern: /\b(?:this\s+(?:morning|afternoon|evening)|tonight)\b/giu,
    days: (_, now) => single(midnight(now)),
  },
  {
    pattern: /\b(?:the\s+)?end\s+of\s+(?:the|this)\s+(?<unit>week|month|year)\b/giu,
    days: ({ unit }, now) => {
      const days = spanOf((unit ?? '').toLowerCase(), 0, now);
      return days && [days[1], days[1]];
    },
  },
  {
    // "Nov the 16th", "July the 20th 1992", "the 16th of November".
    pattern: new RegExp(
      `\\b${MONTH}\\.?\\s+(?:the\\s+)?${ORDINAL}(?:,?\\s+(?<year>(?:19|20)\\d{2}))?(?![\\p{L}\\d])`,
      'giu',
    ),
    days: ({ month, day, year }, now) => dayOf(Number(day), monthOf(month), year, now),
  },
  {
    pattern:
      /(?<=\b(?:on|by|until|till|since|before|after|from|to|for|between|and|(?:night|morning|evening|as) of)\s+the\s)(?<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)(?!\s+(?:of|time|order|one|message|e-?mail|floor|attempt|parcel|item|day|week|month)\b)/giu,
    days: ({ day }, now, before) => dayOfMonth(Number(day), now, before),
  },
  {
    pattern: new RegExp(
      `(?<=\\b(?:in|since|during|between|until|till|(?:end|beginning|middle|start) of|by|last|next|from|early|late|mid)\\s)${MONTH}\\.?(?:,?\\s+(?<year>(?:19|20)\\d{2}))?(?!\\s*(?:the\\s)?\\d|[\\p{L}\\d])`,
      'giu',
    ),
    days: ({ month, year }, now, before) => wholeMonth(monthOf(month), year, now, before),
  },
];

/**
 * Days counted from `localNow`: "two weeks ago", "in 7 days", "next week", "the 16th", "in March". A stretch of days is an ISO interval. What
 * chrono reads as one day, or not at all; durations ("within 30 days", "for 3 months") stay out.
 */
export function findRelativeDates(text: string, localNow: Local): FoundEntity[] {
  return rules.flatMap(({ pattern, days }) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const before = text.slice(Math.max(0, match.index - 60), match.index);
      const found = days(match.groups ?? {}, localNow, before);
      if (!found) return [];
      return [
        {
          kind: 'date' as const,
          value: isoDays(found),
          start: match.index,
          end: match.index + match[0].length,
        },
      ];
    }),
  );
}

/** One day, or first and last day with a slash between (ISO 8601). */
export function isoDays([first, last]: Days): string {
  const iso = (day: number): string => new Date(day).toISOString().slice(0, 10);
  return first === last ? iso(first) : `${iso(first)}/${iso(last)}`;
}

function countOf(written = ''): number {
  return numbers[written.toLowerCase()] ?? Number(written);
}

function midnight(moment: Local): number {
  return Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate());
}

function single(day: number): Days {
  return [day, day];
}

function shifted(now: Local, amount: number, written = ''): number {
  const unit = written.toLowerCase();
  if (unit === 'day' || unit === 'week') return midnight(now) + amount * (unit === 'week' ? 7 : 1) * DAY_MS;
  const months = amount * (unit === 'year' ? 12 : 1);
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth() + months, now.getUTCDate()];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(day, lastOfMonth));
}

function stepOf(which = ''): -1 | 0 | 1 {
  if (/^(?:last|past|previous)$/iu.test(which)) return -1;
  return /^(?:next|coming)$/iu.test(which) ? 1 : 0;
}

/** Weeks begin on Monday (ISO 8601). */
function spanOf(unit: string, step: number, now: Local): Days | null {
  const today = midnight(now);
  const monday = today - ((now.getUTCDay() + 6) % 7) * DAY_MS + step * 7 * DAY_MS;
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  switch (unit) {
    case 'week':
      return [monday, monday + 6 * DAY_MS];
    case 'weekend':
      return [monday + 5 * DAY_MS, monday + 6 * DAY_MS];
    case 'month':
      return [Date.UTC(year, month + step, 1), Date.UTC(year, month + step + 1, 0)];
    case 'quarter': {
      const first = month - (month % 3) + step * 3;
      return [Date.UTC(year, first, 1), Date.UTC(year, first + 3, 0)];
    }
    case 'year':
      return [Date.UTC(year + step, 0, 1), Date.UTC(year + step, 11, 31)];
    default:
      return null;
  }
}

function monthOf(written = ''): number {
  return MONTHS.indexOf(written.slice(0, 3).toLowerCase());
}

function dayOf(day: number, month: number, year: string | undefined, now: Local): Days | null {
  const inYear = (of: number): number | null => {
    const date = Date.UTC(of, month, day);
    return new Date(date).getUTCDate() === day ? date : null;
  };
  if (year !== undefined) {
    const date = inYear(Number(year));
    return date === null ? null : single(date);
  }
  return nearest(
    [-1, 0, 1].map((step) => inYear(now.getUTCFullYear() + step)),
    now,
  );
}

/** "The 16th": this month's, or the one before or after where the words look back or ahead. */
function dayOfMonth(day: number, now: Local, before: string): Days | null {
  const dates = [-1, 0, 1].map((step) => {
    const date = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + step, day);
    return new Date(date).getUTCDate() === day ? date : null;
  });
  const today = midnight(now);
  if (AHEAD.test(before))
    return nearest(
      dates.map((date) => (date !== null && date >= today ? date : null)),
      now,
    );
  if (BEHIND.test(before))
    return nearest(
      dates.map((date) => (date !== null && date <= today ? date : null)),
      now,
    );
  return dates[1] === null || dates[1] === undefined ? null : single(dates[1]);
}

function nearest(dates: readonly (number | null)[], now: Local): Days | null {
  const today = midnight(now);
  let best: number | null = null;
  for (const date of dates)
    if (date !== null && (best === null || Math.abs(date - today) < Math.abs(best - today))) best = date;
  return best === null ? null : single(best);
}

/** A month without a year is the last one that has begun, or after words that look ahead the next one that has not ended. */
function wholeMonth(month: number, year: string | undefined, now: Local, before: string): Days | null {
  if (month === -1) return null;
  const thisYear = now.getUTCFullYear();
  const isAhead = AHEAD.test(before);
  const step = isAhead ? (month < now.getUTCMonth() ? 1 : 0) : month > now.getUTCMonth() ? -1 : 0;
  const of = year === undefined ? thisYear + step : Number(year);
  return [Date.UTC(of, month, 1), Date.UTC(of, month + 1, 0)];
}

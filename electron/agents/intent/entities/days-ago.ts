import type { FoundEntity } from './found-entity.js';

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
const AGO = new RegExp(
  `\\b(?<count>\\d{1,3}|${Object.keys(numbers).join('|')})\\s+(?<unit>day|week|month|year)s?\\s+(?:ago|back)\\b`,
  'giu',
);
const DAY_MS = 86_400_000;

/** "Twenty days ago", counted from `localNow`, a moment whose UTC fields are the local ones. */
export function findDaysAgo(text: string, localNow: Date): FoundEntity[] {
  return Array.from(text.matchAll(AGO), (match) => {
    const { count = '', unit = '' } = match.groups ?? {};
    const amount = numbers[count.toLowerCase()] ?? Number(count);
    return {
      kind: 'date' as const,
      value: before(localNow, amount, unit.toLowerCase()).toISOString().slice(0, 10),
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

function before(moment: Date, amount: number, unit: string): Date {
  if (unit === 'day' || unit === 'week')
    return new Date(moment.getTime() - amount * (unit === 'week' ? 7 : 1) * DAY_MS);
  const months = amount * (unit === 'year' ? 12 : 1);
  const [year, month, day] = [moment.getUTCFullYear(), moment.getUTCMonth() - months, moment.getUTCDate()];
  const lastOfMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day, lastOfMonth)));
}

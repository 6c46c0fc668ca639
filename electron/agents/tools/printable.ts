/** Prints amounts and days the way the team writes them. */
export interface Printable {
  /** `4.95 EUR`. */
  money(amount: number): string;
  /** `18 November 2026`, in the team's time zone. */
  day(date: Date): string;
  /** Whole days from `date` to now in the team's time zone; negative when it lies ahead. */
  daysSince(date: Date): number;
}

const DAY_MS = 86_400_000;

/** @throws RangeError when `timezone` is not an IANA name. */
export function createPrintable(options: { currency: string; timezone: string; now: () => Date }): Printable {
  const { currency, timezone, now } = options;
  const long = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: timezone,
  });
  const iso = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: timezone });
  const dayNumber = (date: Date): number => Date.parse(`${iso.format(date)}T00:00:00Z`) / DAY_MS;
  return {
    money: (amount) => `${amount.toFixed(2)} ${currency}`,
    day: (date) => long.format(date),
    daysSince: (date) => Math.round(dayNumber(now()) - dayNumber(date)),
  };
}

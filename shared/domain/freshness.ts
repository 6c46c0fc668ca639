import type { Freshness } from './evidence.js';

/** The dates an article carries, ISO (YYYY-MM-DD). */
export interface ArticleDates {
  readonly updatedAt: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

/** An article nobody touched for a year is worth a look before it is quoted. */
const STALE_AFTER_DAYS = 365;
const DAY_MS = 86_400_000;

/** Whether an article still holds on `today` (ISO date). An article without dates is current: nothing speaks against it. */
export function freshnessOf({ updatedAt, validFrom, validUntil }: ArticleDates, today: string): Freshness {
  if (validUntil !== null && validUntil < today) return 'expired';
  if (validFrom !== null && validFrom > today) return 'upcoming';
  if (updatedAt === null) return 'current';
  return Date.parse(today) - Date.parse(updatedAt) > STALE_AFTER_DAYS * DAY_MS ? 'stale' : 'current';
}

import { addDays } from '../text/quantities.js';

/** A period a rule gives, counted from the delivery: `30 days from delivery`, `within 14 days`, `100-night trial`. */
export interface Period {
  readonly days: number;
  /** As the rule writes it: `14 days`. */
  readonly words: string;
}

const COUNTED =
  /\b(\d{1,3})[ -](day|night|week|month)s?\b(?=[^.;]{0,40}\b(?:from|of|after|since) (?:the |your )?(?:day of )?delivery\b)|\b(\d{1,3})[ -](night|day) trial\b/i;

const UNIT_DAYS: Readonly<Record<string, number>> = { day: 1, night: 1, week: 7 };

/** Reads the period of a rule that counts from the delivery; null when the text has none or counts in months. */
export function readPeriod(text: string): Period | null {
  const match = COUNTED.exec(text);
  if (!match) return null;
  const count = Number(match[1] ?? match[3]);
  const unit = (match[2] ?? match[4] ?? '').toLowerCase();
  const unitDays = UNIT_DAYS[unit];
  return unitDays === undefined ? null : { days: count * unitDays, words: `${String(count)} ${unit}s` };
}

/** Where a period that began with the delivery ends. Days are ISO days. */
export interface Deadline {
  readonly lastDay: string;
  readonly isOver: boolean;
}

export function deadlineOf({ days }: Period, deliveredOn: string, today: string): Deadline {
  const lastDay = addDays(deliveredOn, days);
  return { lastDay, isOver: lastDay < today };
}

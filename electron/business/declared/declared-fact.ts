import { z } from 'zod';

import type { Fact } from '../../../shared/domain/tool-call.js';
import { createPrintable, type Printable } from '../../agents/tools/printable.js';
import { plainText } from './plain-text.js';

/** One value of an answer as an operator declares it: its key, what the rep reads, and how it is written. */
export const DeclaredFact = z.strictObject({
  /** As policy rules and macros name it: `invoice.total`. */
  key: z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}\.[a-z][a-zA-Z0-9]{0,39}$/, 'is written like invoice.total'),
  label: z.string().min(1).max(80),
  /**
   * `note`: somebody typed it, so the rep reads it and no model and no reply does. `day`, `daysSince`: of an ISO 8601 date. `amount`: in the team's
   * currency; `cents`: the same in hundredths.
   */
  as: z.enum(['text', 'note', 'day', 'daysSince', 'amount', 'cents']).default('text'),
});
export type DeclaredFact = z.infer<typeof DeclaredFact>;

const MAX_LENGTH = 500;
const DAY_MS = 86_400_000;
/** What stands in a reply's place for a text that somebody typed. */
const ON_RECORD = 'on record';

/** How facts of a system are written, with the team's words for money and days. */
export interface FactPrinter {
  /** Null where the value says nothing. `row` counts from 1; from the second on it is part of key and label. */
  print(declared: DeclaredFact, value: string, row?: number): Fact | null;
}

export function createFactPrinter(options: Parameters<typeof createPrintable>[0]): FactPrinter {
  const print = createPrintable(options);
  const today = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: options.timezone });
  // A date without a time is the same day everywhere, and counted from the day it is for the team.
  const plainDays: Printable = {
    ...createPrintable({ ...options, timezone: 'UTC' }),
    daysSince: (date) => Math.round((Date.parse(today.format(options.now())) - date.getTime()) / DAY_MS),
  };
  return {
    print({ key, label, as }, value, row = 1) {
      const [subject, name] = key.split('.');
      const named =
        row === 1
          ? { key, label }
          : { key: `${subject ?? ''}${String(row)}.${name ?? ''}`, label: `${label} (${String(row)})` };
      const text = plainText(value, MAX_LENGTH);
      if (text === '') return null;
      if (as === 'note') return { ...named, value: ON_RECORD, original: text, isReplaced: true };
      const isDate = /^\d{4}-\d{2}-\d{2}$/u.test(text);
      return { ...named, value: written(as, text, isDate ? plainDays : print) ?? text };
    },
  };
}

/** Null for what is not of this form: then it is told as it stands. */
function written(as: Exclude<DeclaredFact['as'], 'note'>, text: string, print: Printable): string | null {
  switch (as) {
    case 'text':
      return null;
    case 'day': {
      const date = dateOf(text);
      return date && print.day(date);
    }
    case 'daysSince': {
      const date = dateOf(text);
      return date && `${String(print.daysSince(date))} days`;
    }
    case 'amount':
    case 'cents':
      return /^-?\d+(?:\.\d+)?$/u.test(text) ? print.money(Number(text) / (as === 'cents' ? 100 : 1)) : null;
  }
}

/** ISO 8601, also as databases write it: `2026-11-27 22:38:21+00`; without a zone it is UTC. */
function dateOf(text: string): Date | null {
  const parts =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|[+-]\d{2}(?::?\d{2})?)?)?$/u.exec(
      text,
    );
  if (!parts) return null;
  const [, day = '', time = '00:00:00', zone = 'Z'] = parts;
  const offset = zone === 'Z' || zone.length > 3 ? zone : `${zone}:00`;
  const date = new Date(`${day}T${time}${offset}`);
  return Number.isNaN(date.getTime()) ? null : date;
}

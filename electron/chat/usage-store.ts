import type { ModelLimits, UsageOfDay } from '../../shared/domain/model-settings.js';
import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { ModelBudget, UsageEstimate, UsageNote } from '../models/model-budget.js';
import type { Database } from '../storage/database.js';
import { createReservations, type Held } from './reservations.js';

/** What models used, by day of this computer's clock, provider, model and task; and whether that is enough for today. */
export interface UsageStore extends ModelBudget {
  today(): UsageOfDay;
}

interface UsageRow {
  readonly provider: string;
  readonly model: string;
  readonly calls: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cost_micros: number;
  readonly unpriced_calls: number;
}

/** Days that are kept, so that a month can be looked back on. */
const KEPT_DAYS = 62;

export function createUsageStore(database: Database, now: () => Date, log: Logger): UsageStore {
  const add = database.prepare(
    `INSERT INTO model_usage (day, provider, model, task, calls, input_tokens, output_tokens, cost_micros, unpriced_calls)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)
     ON CONFLICT (day, provider, model, task) DO UPDATE SET calls = calls + 1,
       input_tokens = input_tokens + excluded.input_tokens, output_tokens = output_tokens + excluded.output_tokens,
       cost_micros = cost_micros + excluded.cost_micros, unpriced_calls = unpriced_calls + excluded.unpriced_calls`,
  );
  const ofDay = database.prepare(
    `SELECT provider, model, SUM(calls) AS calls, SUM(input_tokens) AS input_tokens, SUM(output_tokens) AS output_tokens,
       SUM(cost_micros) AS cost_micros, SUM(unpriced_calls) AS unpriced_calls
     FROM model_usage WHERE day = ? GROUP BY provider, model ORDER BY cost_micros DESC, model`,
  );
  const forget = database.prepare('DELETE FROM model_usage WHERE day < ?');
  forget.run(dayOf(new Date(now().getTime() - KEPT_DAYS * 86_400_000)));

  const read = (day: string): UsageOfDay => sumOf(day, ofDay.all(day) as UsageRow[]);
  let known = read(dayOf(now()));
  /** Notes the disk refused; they count all the same, until the day or the process ends. */
  let unwritten: UsageNote[] = [];
  const today = (): UsageOfDay => {
    const day = dayOf(now());
    if (known.day !== day) unwritten = [];
    known = read(day);
    return unwritten.reduce(addNote, known);
  };
  const reservations = createReservations(database, now, log);
  const isReached = (limits: ModelLimits, next?: UsageEstimate): boolean =>
    isLimitReached(limits, withHeld(today(), reservations.held()), next);
  return {
    today,
    isReached,
    reserve(limits, estimate) {
      const release = reservations.hold(estimate, () => limits === null || !isReached(limits, estimate));
      return release && { release };
    },
    note(usage) {
      const { provider, model, task, inputTokens, outputTokens, costMicros } = usage;
      const cost = costMicros ?? 0;
      try {
        add.run(
          dayOf(now()),
          provider,
          model,
          task,
          inputTokens,
          outputTokens,
          cost,
          costMicros === null ? 1 : 0,
        );
      } catch (cause) {
        unwritten.push(usage);
        log.error('model.usage_not_written', { code: errorCodeOf(cause) });
      }
    },
  };
}

/**
 * Whether one of the limits is used up, or `next` would pass it. Calls without a known price count as calls and tokens, not as cost.
 */
export function isLimitReached(limits: ModelLimits, used: UsageOfDay, next?: UsageEstimate): boolean {
  const { dailyCostMicros, dailyTokens, dailyCalls } = limits;
  const isFull = (limit: number | null, taken: number, more: number): boolean =>
    limit !== null && (taken >= limit || taken + more > limit);
  return (
    isFull(dailyCostMicros, used.costMicros, next?.costMicros ?? 0) ||
    isFull(dailyTokens, used.inputTokens + used.outputTokens, next?.tokens ?? 0) ||
    isFull(dailyCalls, used.calls, next ? 1 : 0)
  );
}

const withHeld = (used: UsageOfDay, held: Held): UsageOfDay => ({
  ...used,
  calls: used.calls + held.calls,
  // Whether they are read or written makes no difference to a limit.
  outputTokens: used.outputTokens + held.tokens,
  costMicros: used.costMicros + held.costMicros,
});

const sumOf = (day: string, rows: readonly UsageRow[]): UsageOfDay => {
  const sum = (field: Exclude<keyof UsageRow, 'provider' | 'model'>): number =>
    rows.reduce((total, row) => total + row[field], 0);
  return {
    day,
    calls: sum('calls'),
    inputTokens: sum('input_tokens'),
    outputTokens: sum('output_tokens'),
    costMicros: sum('cost_micros'),
    unpricedCalls: sum('unpriced_calls'),
    models: rows.map(({ provider, model, calls, cost_micros }) => ({
      ...{ provider, model, calls },
      costMicros: cost_micros,
    })),
  };
};

const addNote = (used: UsageOfDay, note: UsageNote): UsageOfDay => ({
  ...used,
  calls: used.calls + 1,
  inputTokens: used.inputTokens + note.inputTokens,
  outputTokens: used.outputTokens + note.outputTokens,
  costMicros: used.costMicros + (note.costMicros ?? 0),
  unpricedCalls: used.unpricedCalls + (note.costMicros === null ? 1 : 0),
});

/** `2026-11-27` of the local clock: a rep's limit begins anew when the rep's day does. */
function dayOf(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

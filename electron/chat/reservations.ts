import { errorCodeOf } from '../../shared/errors/app-error.js';
import type { Logger } from '../../shared/lib/logger.js';
import type { UsageEstimate } from '../models/model-budget.js';
import type { Database } from '../storage/database.js';

/** What requests that are under way may use together. */
export interface Held {
  readonly calls: number;
  readonly tokens: number;
  readonly costMicros: number;
}

/** Holds back parts of the day's limit, for all processes that share the database. */
export interface Reservations {
  held(): Held;
  /**
   * Looks and holds in one step, so that of two processes that ask at once one sees the other. Null when `mayHold` says no.
   * What the disk refuses is held in memory. Returns what gives it back.
   */
  hold(estimate: UsageEstimate, mayHold: () => boolean): (() => void) | null;
}

/** No call takes longer (the longest time limit is five minutes); what is older belongs to a process whose number another has now. */
const OLDEST_MS = 15 * 60_000;

/**
 * Reservations in the desk database. Those of processes that are gone are released when a process opens it: what a killed one used is not
 * known, and nobody is left who would give them back.
 */
export function createReservations(database: Database, now: () => Date, log: Logger): Reservations {
  const all = database.prepare('SELECT DISTINCT process FROM model_reservation').raw();
  const releaseOf = database.prepare('DELETE FROM model_reservation WHERE process = ?');
  const releaseOld = database.prepare('DELETE FROM model_reservation WHERE held_at < ?');
  const add = database.prepare(
    'INSERT INTO model_reservation (process, held_at, tokens, cost_micros) VALUES (?, ?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM model_reservation WHERE id = ?');
  const sum = database.prepare(
    `SELECT COUNT(*) AS calls, COALESCE(SUM(tokens), 0) AS tokens, COALESCE(SUM(cost_micros), 0) AS costMicros
     FROM model_reservation WHERE held_at >= ?`,
  );
  const oldest = (): number => now().getTime() - OLDEST_MS;
  for (const [process] of all.all() as [number][]) if (!isAlive(process)) releaseOf.run(process);
  releaseOld.run(oldest());

  /** Held while the disk refuses to. */
  const inMemory = new Set<Held>();
  const held = (): Held => {
    const written = sum.get(oldest()) as Held;
    return [...inMemory].reduce(
      (total, one) => ({
        calls: total.calls + one.calls,
        tokens: total.tokens + one.tokens,
        costMicros: total.costMicros + one.costMicros,
      }),
      { calls: written.calls, tokens: written.tokens, costMicros: written.costMicros },
    );
  };

  const holdWritten = database.transaction((estimate: UsageEstimate, mayHold: () => boolean) => {
    if (!mayHold()) return null;
    const { tokens, costMicros } = estimate;
    return add.run(process.pid, now().getTime(), tokens, costMicros ?? 0).lastInsertRowid;
  });
  const giveBack = (id: number | bigint): void => {
    try {
      remove.run(id);
    } catch (cause) {
      // It holds until it is too old; that errs on the side of the limit.
      log.warn('model.reservation_not_released', { code: errorCodeOf(cause) });
    }
  };

  return {
    held,
    hold(estimate, mayHold) {
      try {
        const id = holdWritten.immediate(estimate, mayHold) as number | bigint | null;
        return id === null ? null : once(() => giveBack(id));
      } catch (cause) {
        log.warn('model.reservation_not_written', { code: errorCodeOf(cause) });
        if (!mayHold()) return null;
        const kept: Held = { calls: 1, tokens: estimate.tokens, costMicros: estimate.costMicros ?? 0 };
        inMemory.add(kept);
        return once(() => void inMemory.delete(kept));
      }
    },
  };
}

function once(act: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) act();
    isDone = true;
  };
}

function isAlive(pid: number): boolean {
  // Whoever opens the database anew has nothing under way: an earlier program had this number.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // Another user's process: it is there, and may not be asked.
    return (cause as NodeJS.ErrnoException).code === 'EPERM';
  }
}

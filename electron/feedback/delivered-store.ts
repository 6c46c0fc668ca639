import { z } from 'zod';

import type { Database } from '../storage/database.js';

/** What this device knows to be at the hub: sent again where a hub that was restored from a backup lacks it. */
export interface DeliveredStore {
  /** Id of the event that was acknowledged last; null before the first, and after {@link forgetLast}. */
  lastAcknowledged(): string | null;
  /** Delivered events with a sequence above `after`, in its order, at most `limit`. */
  delivered(after: number, limit: number): { readonly id: string; readonly sequence: number }[];
  /** Lets delivered events wait again. @returns those of the ids that were delivered until then. */
  letWait(ids: readonly string[]): string[];
  /** Nothing is asked about any more until another event is acknowledged. */
  forgetLast(): void;
}

const Row = z.object({ id: z.string(), sequence: z.int() });
const Last = z.object({ feedback_id: z.string().nullable() });

export function createDeliveredStore(database: Database): DeliveredStore {
  const last = database.prepare('SELECT feedback_id FROM feedback_last_acknowledged');
  const forget = database.prepare('UPDATE feedback_last_acknowledged SET feedback_id = NULL');
  const page = database.prepare(
    `SELECT feedback_id AS id, sequence FROM feedback_delivery
     WHERE state = 'delivered' AND sequence > ? ORDER BY sequence LIMIT ?`,
  );
  const reopen = database.prepare(
    "UPDATE feedback_delivery SET state = 'waiting', settled_at = NULL WHERE feedback_id = ? AND state = 'delivered'",
  );
  const reopenAll = database.transaction((ids: readonly string[]): string[] =>
    ids.filter((id) => reopen.run(id).changes > 0),
  );
  return {
    lastAcknowledged: () => Last.parse(last.get()).feedback_id,
    delivered: (after, limit) => page.all(after, limit).map((row) => Row.parse(row)),
    letWait: (ids) => reopenAll.immediate(ids),
    forgetLast: () => void forget.run(),
  };
}

import { z } from 'zod';

import type { FeedbackResolution } from '../../shared/domain/feedback-event.js';
import type { Database } from '../storage/database.js';
import { createDeliveredStore, type DeliveredStore } from './delivered-store.js';
import { UNKNOWN_CONTEXT } from './feedback-context.js';

/** A stored FeedbackEvent as it is sent. Its parts are not looked at here: what does not fit, the hub refuses by its id. */
export interface OutgoingEvent {
  readonly id: string;
  readonly event: { readonly sequence: number; readonly feedback: unknown; readonly context: unknown };
}

/** What the hub said of events, for good. */
export interface Settlement {
  readonly acknowledged: readonly string[];
  readonly refused: readonly { readonly id: string; readonly reason: string }[];
}

/** A dead letter as it is exported. */
export interface DeadLetter {
  readonly refusedAt: string;
  readonly reason: string;
  readonly event: OutgoingEvent['event'];
}

export interface LeadNote {
  readonly feedbackId: string;
  readonly resolution: FeedbackResolution;
}

/** What of the decisions waits for the hub, what it said, and what leads answered. */
export interface OutboxStore extends DeliveredStore {
  /**
   * The oldest waiting event of each conversation, oldest first: at most `limit`, and at most `maxBytes` of JSON unless a single one
   * is larger.
   */
  next(limit: number, maxBytes: number): OutgoingEvent[];
  /** Notes down what the hub said. @returns the ids that were waiting until then. */
  settle(settlement: Settlement, at: string): string[];
  counts(): { readonly waiting: number; readonly refused: number };
  /** The dead letters of this moment, oldest first, read one by one; what becomes of them meanwhile changes nothing. */
  refused(): Iterable<DeadLetter>;
  /** Lets all refused events wait again. @returns their ids. */
  retryRefused(): string[];
  /** Place in the hub's row of notes up to which they are here. */
  notesCursor(): number;
  /** Keeps notes with their decisions and the new cursor, together. @returns the ids of decisions whose note is new or another. */
  keepNotes(notes: readonly LeadNote[], cursor: number): string[];
}

const EventRow = z.object({
  sequence: z.int(),
  id: z.string(),
  body: z.string(),
  context: z.string().nullable(),
});
const RefusalRow = z.object({ sequence: z.int(), settled_at: z.string(), reason: z.string() });

const EVENTS = 'FROM feedback_delivery d JOIN feedback f ON f.id = d.feedback_id';

export function createOutboxStore(database: Database): OutboxStore {
  const oldest = database.prepare(`SELECT d.sequence, f.id, f.body, d.context ${EVENTS}
    WHERE d.sequence IN (SELECT MIN(sequence) FROM feedback_delivery WHERE state = 'waiting' GROUP BY conversation_id)
    ORDER BY d.sequence LIMIT ?`);
  const settleOne = database.prepare(
    "UPDATE feedback_delivery SET state = ?, settled_at = ?, reason = ? WHERE feedback_id = ? AND state = 'waiting'",
  );
  const keepLast = database.prepare('UPDATE feedback_last_acknowledged SET feedback_id = ?');
  const count = database
    .prepare(
      `SELECT (SELECT COUNT(*) FROM feedback_delivery WHERE state = 'waiting'),
        (SELECT COUNT(*) FROM feedback_delivery WHERE state = 'refused')`,
    )
    .raw();
  const refusals = database.prepare(
    "SELECT sequence, settled_at, reason FROM feedback_delivery WHERE state = 'refused' ORDER BY sequence",
  );
  const bySequence = database.prepare(
    `SELECT d.sequence, f.id, f.body, d.context ${EVENTS} WHERE d.sequence = ?`,
  );
  const revive = database
    .prepare(
      `UPDATE feedback_delivery SET state = 'waiting', settled_at = NULL, reason = NULL WHERE state = 'refused'
       RETURNING feedback_id`,
    )
    .raw();
  const cursor = database.prepare('SELECT cursor FROM feedback_notes').raw();
  const moveCursor = database.prepare('UPDATE feedback_notes SET cursor = MAX(cursor, ?)');
  const note = database.prepare(
    'UPDATE feedback_delivery SET note = ? WHERE feedback_id = ? AND note IS NOT ?',
  );

  const settleAll = database.transaction(({ acknowledged, refused }: Settlement, at: string): string[] => {
    const last = acknowledged.at(-1);
    if (last !== undefined) keepLast.run(last);
    return [
      ...acknowledged.filter((id) => settleOne.run('delivered', at, null, id).changes > 0),
      ...refused.flatMap(({ id, reason }) =>
        settleOne.run('refused', at, reason, id).changes > 0 ? [id] : [],
      ),
    ];
  });
  const keepAll = database.transaction((notes: readonly LeadNote[], next: number): string[] => {
    const changed = notes.flatMap(({ feedbackId, resolution }) => {
      const text = JSON.stringify(resolution);
      return note.run(text, feedbackId, text).changes > 0 ? [feedbackId] : [];
    });
    moveCursor.run(next);
    return [...new Set(changed)];
  });

  return {
    ...createDeliveredStore(database),
    next: (limit, maxBytes) => fitting(oldest.all(limit), maxBytes),
    settle: (settlement, at) => settleAll.immediate(settlement, at),
    counts() {
      const [waiting, refused] = count.get() as [number, number];
      return { waiting, refused };
    },
    refused() {
      const all = refusals.all().map((row) => RefusalRow.parse(row));
      return (function* () {
        for (const { sequence, settled_at: refusedAt, reason } of all)
          yield { refusedAt, reason, event: outgoing(EventRow.parse(bySequence.get(sequence))).event };
      })();
    },
    retryRefused: () => (revive.all() as [string][]).map(([id]) => id),
    notesCursor: () => (cursor.get() as [number])[0],
    keepNotes: (notes, next) => keepAll.immediate(notes, next),
  };
}

function fitting(rows: readonly unknown[], maxBytes: number): OutgoingEvent[] {
  const batch: OutgoingEvent[] = [];
  let bytes = 0;
  for (const row of rows) {
    const parsed = EventRow.parse(row);
    bytes += Buffer.byteLength(parsed.body) + Buffer.byteLength(parsed.context ?? '');
    if (batch.length > 0 && bytes > maxBytes) break;
    batch.push(outgoing(parsed));
  }
  return batch;
}

function outgoing({ sequence, id, body, context }: z.infer<typeof EventRow>): OutgoingEvent {
  const known: unknown = context === null ? UNKNOWN_CONTEXT : JSON.parse(context);
  return { id, event: { sequence, feedback: JSON.parse(body), context: known } };
}

import { z } from 'zod';

import { Feedback } from '../../shared/domain/feedback.js';
import type { Decision, DeliveryState } from '../../shared/domain/feedback-delivery.js';
import { FeedbackResolution, type FeedbackContext } from '../../shared/domain/feedback-event.js';
import type { Database } from '../storage/database.js';

/** Durable decisions. A decision and its place in the outbox are written in one transaction: both or none. */
export interface FeedbackStore {
  /** @returns its sequence: one more than any this device gave before. */
  save(feedback: Feedback, context: FeedbackContext): number;
  /** Newest first, at most `limit`, with a sequence below `before` when given; on request only those the hub did not take. */
  list(limit: number, before: number | null, isRefused?: boolean): Decision[];
  /** Those of the ids that are here. */
  find(ids: readonly string[]): Decision[];
  /** Deletes the decisions of conversations; those that still wait for the hub only with `withUnsent`. */
  forgetConversations(conversationIds: readonly string[], withUnsent: boolean): void;
  /** How many decisions of these conversations still wait for the hub. */
  unsentOf(conversationIds: readonly string[]): number;
  /** Gives decisions of versions that kept no context the one of their run. */
  completeContexts(contextOfRun: (runId: string) => FeedbackContext): void;
}

const DecisionRow = z.object({
  sequence: z.int(),
  body: z.string(),
  state: z.enum(['waiting', 'delivered', 'refused']),
  settled_at: z.string().nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
});
type DecisionRow = z.infer<typeof DecisionRow>;
const RunRow = z.object({ sequence: z.int(), run_id: z.string() });

const DECISIONS = `SELECT d.sequence, f.body, d.state, d.settled_at, d.reason, d.note
  FROM feedback_delivery d JOIN feedback f ON f.id = d.feedback_id`;

export function createFeedbackStore(database: Database): FeedbackStore {
  const insert = database.prepare(
    'INSERT INTO feedback (id, run_id, conversation_id, created_at, body) VALUES (?, ?, ?, ?, ?)',
  );
  const enqueue = database.prepare(
    'INSERT INTO feedback_delivery (feedback_id, conversation_id, context) VALUES (?, ?, ?)',
  );
  const newest = database.prepare(`${DECISIONS} WHERE d.sequence < ? ORDER BY d.sequence DESC LIMIT ?`);
  const newestRefused = database.prepare(
    `${DECISIONS} WHERE d.state = 'refused' AND d.sequence < ? ORDER BY d.sequence DESC LIMIT ?`,
  );
  const byId = database.prepare(`${DECISIONS} WHERE d.feedback_id = ?`);
  const bare = database.prepare(
    'SELECT d.sequence, f.run_id FROM feedback_delivery d JOIN feedback f ON f.id = d.feedback_id WHERE d.context IS NULL',
  );
  const complete = database.prepare('UPDATE feedback_delivery SET context = ? WHERE sequence = ?');

  const saveBoth = database.transaction((feedback: Feedback, context: FeedbackContext): number => {
    const { id, runId, conversationId, createdAt } = feedback;
    insert.run(id, runId, conversationId, createdAt, JSON.stringify(feedback));
    return Number(enqueue.run(id, conversationId, JSON.stringify(context)).lastInsertRowid);
  });
  const completeAll = database.transaction((contextOfRun: (runId: string) => FeedbackContext) => {
    for (const row of bare.all()) {
      const { sequence, run_id } = RunRow.parse(row);
      complete.run(JSON.stringify(contextOfRun(run_id)), sequence);
    }
  });

  // The delivery goes first: it refers to the decision.
  const removeDeliveries = database.prepare(
    "DELETE FROM feedback_delivery WHERE conversation_id = ? AND (? OR state <> 'waiting')",
  );
  const removeDecisions = database.prepare(
    'DELETE FROM feedback WHERE conversation_id = ? AND id NOT IN (SELECT feedback_id FROM feedback_delivery)',
  );
  const unsent = database
    .prepare("SELECT COUNT(*) FROM feedback_delivery WHERE conversation_id = ? AND state = 'waiting'")
    .raw();
  const forgetAll = database.transaction((ids: readonly string[], withUnsent: boolean) => {
    for (const id of ids) {
      removeDeliveries.run(id, withUnsent ? 1 : 0);
      removeDecisions.run(id);
    }
  });

  return {
    forgetConversations: (ids, withUnsent) => forgetAll.immediate(ids, withUnsent),
    unsentOf: (ids) => ids.reduce((sum, id) => sum + (unsent.get(id) as [number])[0], 0),
    save: (feedback, context) => saveBoth.immediate(feedback, context),
    list: (limit, before, isRefused = false) =>
      (isRefused ? newestRefused : newest).all(before ?? Number.MAX_SAFE_INTEGER, limit).map(readDecision),
    find: (ids) => ids.flatMap((id) => byId.all(id).map(readDecision)),
    completeContexts: (contextOfRun) => completeAll.immediate(contextOfRun),
  };
}

function readDecision(row: unknown): Decision {
  const parsed = DecisionRow.parse(row);
  const { sequence, body, note } = parsed;
  return {
    ...Feedback.parse(JSON.parse(body)),
    sequence,
    delivery: deliveryOf(parsed),
    note: note === null ? null : FeedbackResolution.parse(JSON.parse(note)),
  };
}

function deliveryOf({ state, settled_at, reason }: DecisionRow): DeliveryState {
  switch (state) {
    case 'waiting':
      return { kind: 'waiting' };
    case 'delivered':
      return { kind: 'delivered', at: settled_at ?? '' };
    case 'refused':
      return { kind: 'refused', at: settled_at ?? '', reason: reason ?? '' };
  }
}

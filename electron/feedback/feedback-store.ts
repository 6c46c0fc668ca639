import { z } from 'zod';

import { Feedback } from '../../shared/domain/feedback.js';
import type { Database } from '../storage/database.js';

/** Tables of decisions and of what still has to reach the hub. */
export const feedbackMigrations: readonly string[] = [
  `CREATE TABLE feedback (
     id TEXT PRIMARY KEY,
     run_id TEXT NOT NULL,
     conversation_id TEXT NOT NULL,
     created_at TEXT NOT NULL,
     body TEXT NOT NULL
   );
   CREATE INDEX feedback_by_time ON feedback (created_at DESC);
   CREATE TABLE feedback_outbox (
     feedback_id TEXT PRIMARY KEY REFERENCES feedback (id),
     queued_at TEXT NOT NULL,
     attempts INTEGER NOT NULL DEFAULT 0
   );`,
];

/** Durable decisions, newest first. A decision and its outbox row are written in one transaction: both or none. */
export interface FeedbackStore {
  save(feedback: Feedback): void;
  /** At most `limit`, older than `before` (ISO time) when given. */
  list(limit: number, before: string | null): Feedback[];
  /** Ids that no hub has acknowledged yet, oldest first. */
  pending(limit: number): string[];
}

const Row = z.object({ body: z.string() });

export function createFeedbackStore(database: Database): FeedbackStore {
  const insert = database.prepare(
    'INSERT INTO feedback (id, run_id, conversation_id, created_at, body) VALUES (?, ?, ?, ?, ?)',
  );
  const enqueue = database.prepare('INSERT INTO feedback_outbox (feedback_id, queued_at) VALUES (?, ?)');
  const newest = database.prepare(
    'SELECT body FROM feedback WHERE created_at < ? ORDER BY created_at DESC, rowid DESC LIMIT ?',
  );
  const waiting = database
    .prepare('SELECT feedback_id FROM feedback_outbox ORDER BY queued_at, rowid LIMIT ?')
    .raw();

  const saveBoth = database.transaction((feedback: Feedback) => {
    const { id, runId, conversationId, createdAt } = feedback;
    insert.run(id, runId, conversationId, createdAt, JSON.stringify(feedback));
    enqueue.run(id, createdAt);
  });

  return {
    save: (feedback) => saveBoth.immediate(feedback),
    list: (limit, before) =>
      newest.all(before ?? '9999', limit).map((row) => Feedback.parse(JSON.parse(Row.parse(row).body))),
    pending: (limit) => (waiting.all(limit) as [string][]).map(([id]) => id),
  };
}

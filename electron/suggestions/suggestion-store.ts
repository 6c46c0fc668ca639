import { z } from 'zod';

import { RunOrigin } from '../../shared/domain/feedback-event.js';
import { Escalation } from '../../shared/domain/intent.js';
import { Suggestion, WithheldReason } from '../../shared/domain/suggestion.js';
import type { Database } from '../storage/database.js';
import type { PastOutcome } from './unanswered-in-a-row.js';

/** Table of finished suggestions: what the rep was shown, so that a decision can always be tied to it. */
export const suggestionMigrations: readonly string[] = [
  `CREATE TABLE suggestion (
     run_id TEXT PRIMARY KEY,
     conversation_id TEXT NOT NULL,
     created_at TEXT NOT NULL,
     body TEXT NOT NULL
   );
   CREATE INDEX suggestion_by_conversation ON suggestion (conversation_id, created_at DESC);`,
  'ALTER TABLE suggestion ADD COLUMN origin TEXT;',
  `CREATE TABLE suggestion_pin (
     conversation_id TEXT PRIMARY KEY,
     run_id TEXT NOT NULL
   );`,
];

/** Finished suggestions by run and by conversation. */
export interface SuggestionStore {
  save(suggestion: Suggestion, origin?: RunOrigin): void;
  find(runId: string): Suggestion | null;
  /** What the run began with; null for runs of versions that did not keep it. */
  origin(runId: string): RunOrigin | null;
  /** The one of a conversation to show: the pinned one where it answers the newest message, else the newest. */
  latest(conversationId: string): Suggestion | null;
  /** The newest by the other strategy than `latest`, for the same message; null when there is none. */
  other(conversationId: string): Suggestion | null;
  /** Holds the suggestion of a run; null lets go. A run of another conversation holds nothing. */
  pin(conversationId: string, runId: string | null): void;
  /** The run that is held; null when none is. */
  pinned(conversationId: string): string | null;
  /** Whether it is on disk; false only while the disk does not take it. */
  isStored(runId: string): boolean;
  forgetConversations(conversationIds: readonly string[]): void;
  /** Conversations whose newest suggestion is older than this. */
  idleSince(then: Date): string[];
  /** What those of a conversation came to, newest first, at most `limit`. */
  outcomes(conversationId: string, limit: number): PastOutcome[];
}

/** Suggestions of one message: variants and both strategies, asked for again and again. */
const MAX_OF_MESSAGE = 20;
const PinRow = z.object({ runId: z.string() });
const Row = z.object({ body: z.string() });
const OriginRow = z.object({ origin: z.string().nullable() });
const OutcomeRow = z.object({
  messageId: z.string(),
  outcome: z.enum(['reply', 'withheld', 'escalated']),
  withheldFor: WithheldReason.nullable(),
  escalatedFor: Escalation.shape.reason.nullable(),
});

function read(row: unknown): Suggestion | null {
  if (row === undefined) return null;
  const parsed = Suggestion.safeParse(JSON.parse(Row.parse(row).body));
  // A suggestion of an older version that no longer fits is like none: the rep asks again.
  return parsed.success ? parsed.data : null;
}

export function createSuggestionStore(database: Database): SuggestionStore {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO suggestion (run_id, conversation_id, created_at, body, origin) VALUES (?, ?, ?, ?, ?)',
  );
  const byRun = database.prepare('SELECT body FROM suggestion WHERE run_id = ?');
  const originByRun = database.prepare('SELECT origin FROM suggestion WHERE run_id = ?');
  const newestFirst = 'FROM suggestion WHERE conversation_id = ? ORDER BY created_at DESC, rowid DESC';
  const newest = database.prepare(`SELECT body ${newestFirst} LIMIT ?`);
  const setPin = database.prepare(
    'INSERT OR REPLACE INTO suggestion_pin (conversation_id, run_id) VALUES (?, ?)',
  );
  const dropPin = database.prepare('DELETE FROM suggestion_pin WHERE conversation_id = ?');
  const pinOf = database.prepare('SELECT run_id AS runId FROM suggestion_pin WHERE conversation_id = ?');
  const pinned = (conversationId: string): string | null =>
    PinRow.safeParse(pinOf.get(conversationId)).data?.runId ?? null;
  const latest = (conversationId: string): Suggestion | null => {
    const last = read(newest.get(conversationId, 1));
    const runId = pinned(conversationId);
    const held = runId === null ? null : read(byRun.get(runId));
    return held && held.conversationId === conversationId && held.messageId === last?.messageId ? held : last;
  };
  // Whole suggestions are some ten kilobytes each, and this is asked for at every run.
  const outcomes = database.prepare(`
    SELECT json_extract(body, '$.messageId') AS messageId, json_extract(body, '$.outcome') AS outcome,
      json_extract(body, '$.reason') AS withheldFor, json_extract(body, '$.intent.escalation.reason') AS escalatedFor
    ${newestFirst} LIMIT ?`);
  const remove = database.prepare('DELETE FROM suggestion WHERE conversation_id = ?');
  const idle = database
    .prepare('SELECT conversation_id FROM suggestion GROUP BY conversation_id HAVING MAX(created_at) < ?')
    .raw();
  return {
    forgetConversations: database.transaction((ids: readonly string[]) => {
      for (const id of ids) {
        remove.run(id);
        dropPin.run(id);
      }
    }),
    idleSince: (then) => (idle.all(then.toISOString()) as [string][]).map(([id]) => id),
    save: (suggestion, origin) => {
      const { runId, conversationId, createdAt } = suggestion;
      const kept = origin ? JSON.stringify(origin) : null;
      insert.run(runId, conversationId, createdAt, JSON.stringify(suggestion), kept);
    },
    find: (runId) => read(byRun.get(runId)),
    origin(runId) {
      const text = OriginRow.safeParse(originByRun.get(runId)).data?.origin ?? null;
      return text === null ? null : (RunOrigin.safeParse(JSON.parse(text)).data ?? null);
    },
    latest,
    other(conversationId) {
      const shown = latest(conversationId);
      const all = newest.all(conversationId, MAX_OF_MESSAGE).flatMap((row) => read(row) ?? []);
      const others = all.filter(
        ({ messageId, strategy }) => messageId === shown?.messageId && strategy !== shown.strategy,
      );
      return others[0] ?? null;
    },
    pin(conversationId, runId) {
      if (runId === null) dropPin.run(conversationId);
      else setPin.run(conversationId, runId);
    },
    pinned,
    isStored: () => true,
    outcomes: (conversationId, limit) =>
      outcomes.all(conversationId, limit).flatMap((row) => OutcomeRow.safeParse(row).data ?? []),
  };
}

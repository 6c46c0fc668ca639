import { z } from 'zod';

import { Suggestion } from '../../shared/domain/suggestion.js';
import type { Database } from '../storage/database.js';

/** Table of finished suggestions: what the rep was shown, so that a decision can always be tied to it. */
export const suggestionMigrations: readonly string[] = [
  `CREATE TABLE suggestion (
     run_id TEXT PRIMARY KEY,
     conversation_id TEXT NOT NULL,
     created_at TEXT NOT NULL,
     body TEXT NOT NULL
   );
   CREATE INDEX suggestion_by_conversation ON suggestion (conversation_id, created_at DESC);`,
];

/** Finished suggestions by run and by conversation. */
export interface SuggestionStore {
  save(suggestion: Suggestion): void;
  find(runId: string): Suggestion | null;
  /** The newest of a conversation. */
  latest(conversationId: string): Suggestion | null;
  /** Those of a conversation, newest first, at most `limit`. */
  recent(conversationId: string, limit: number): Suggestion[];
}

const Row = z.object({ body: z.string() });

function read(row: unknown): Suggestion | null {
  if (row === undefined) return null;
  const parsed = Suggestion.safeParse(JSON.parse(Row.parse(row).body));
  // A suggestion of an older version that no longer fits is like none: the rep asks again.
  return parsed.success ? parsed.data : null;
}

export function createSuggestionStore(database: Database): SuggestionStore {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO suggestion (run_id, conversation_id, created_at, body) VALUES (?, ?, ?, ?)',
  );
  const byRun = database.prepare('SELECT body FROM suggestion WHERE run_id = ?');
  const newest = 'SELECT body FROM suggestion WHERE conversation_id = ? ORDER BY created_at DESC, rowid DESC';
  // Two statements: in libsql 0.5 a `get` after an `all` on the same one keeps the conversation of the `all`.
  const one = database.prepare(`${newest} LIMIT 1`);
  const some = database.prepare(`${newest} LIMIT ?`);
  return {
    save: (suggestion) => {
      const { runId, conversationId, createdAt } = suggestion;
      insert.run(runId, conversationId, createdAt, JSON.stringify(suggestion));
    },
    find: (runId) => read(byRun.get(runId)),
    latest: (conversationId) => read(one.get(conversationId)),
    recent: (conversationId, limit) => some.all(conversationId, limit).flatMap((row) => read(row) ?? []),
  };
}

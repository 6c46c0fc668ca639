import { createHmac, randomBytes } from 'node:crypto';

import type { Database } from '../storage/database.js';

/** Which placeholder stands for which value, conversation by conversation. A value is known here by a keyed hash only. */
export interface PlaceholderStore {
  find(conversationId: string, value: string): string | null;
  keep(conversationId: string, value: string, placeholder: string): void;
  /** All placeholders that were ever given in a conversation. */
  all(conversationId: string): string[];
}

/** Kept over restarts, so that a number never passes on to somebody else. */
export function createPlaceholderStore(database: Database): PlaceholderStore {
  const key = keyOf(database);
  const hash = (value: string): string => createHmac('sha256', key).update(value).digest('base64url');
  const find = database.prepare(
    'SELECT placeholder FROM placeholder WHERE conversation_id = ? AND value_hash = ?',
  );
  const keep = database.prepare(
    'INSERT OR IGNORE INTO placeholder (conversation_id, value_hash, placeholder) VALUES (?, ?, ?)',
  );
  const all = database.prepare('SELECT placeholder FROM placeholder WHERE conversation_id = ?');
  return {
    find: (conversationId, value) =>
      (find.get(conversationId, hash(value)) as { placeholder: string } | undefined)?.placeholder ?? null,
    keep: (conversationId, value, placeholder) => void keep.run(conversationId, hash(value), placeholder),
    all: (conversationId) =>
      (all.all(conversationId) as { placeholder: string }[]).map(({ placeholder }) => placeholder),
  };
}

/** For texts of no conversation: nothing outlasts the call. */
export function createPassingPlaceholders(): PlaceholderStore {
  const kept = new Map<string, string>();
  const keyOfValue = (conversationId: string, value: string): string =>
    JSON.stringify([conversationId, value]);
  return {
    find: (conversationId, value) => kept.get(keyOfValue(conversationId, value)) ?? null,
    keep: (conversationId, value, placeholder) =>
      void kept.set(keyOfValue(conversationId, value), placeholder),
    all: () => [...kept.values()],
  };
}

function keyOf(database: Database): Buffer {
  const read = database.prepare('SELECT key FROM placeholder_key WHERE id = 1');
  const fresh = randomBytes(32).toString('base64');
  database.prepare('INSERT OR IGNORE INTO placeholder_key (id, key) VALUES (1, ?)').run(fresh);
  const row = read.get() as { key: string };
  return Buffer.from(row.key, 'base64');
}
